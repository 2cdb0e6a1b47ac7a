using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Joining;

/// <summary>Finds the token among the ways to give it.</summary>
internal static class TokenChoice
{
    /// <summary>Others of the machine cannot read a process's variables, as they can its command line.</summary>
    public const string Variable = "ATOLL_TOKEN";

    /// <returns>Null where none was given.</returns>
    /// <exception cref="CommandException">More than one was given, or what was given is none.</exception>
    public static JoinToken? Of(JoinChoices choices, Func<string, string?> variable)
    {
        bool isAddress = IsAddress(choices.What);
        (string Name, string? Text)[] given =
        [
            ("TOKEN", isAddress ? null : choices.What), ("--token", choices.Token), ("--token-file", choices.TokenFile is { } file && Read(file) is { Length: > 0 } text ? text : null),
        ];
        (string Name, string? Text)[] named = [.. given.Where(one => one.Text is not null)];
        if (named.Length > 1)
        {
            throw new CommandException(ExitCode.Usage, $"A token must be given in one way, but was by {string.Join(" and ", named.Select(one => one.Name))}.");
        }
        string? chosen = named.FirstOrDefault().Text ?? (variable(Variable) is { Length: > 0 } set ? set : null);
        JoinToken? token = chosen is null ? null : Parse(chosen);
        return token is not null && Address(choices) is { } url ? token with { Url = url } : token;
    }

    /// <summary>
    /// The address that was given; null where there is none. It goes before the token's, or the one that a site knows: behind a gateway the coordinator may have another, or it has moved.
    /// Whoever answers there must still have the token's authority.
    /// </summary>
    /// <exception cref="CommandException">It is no such address.</exception>
    public static Uri? Address(JoinChoices choices) => !IsAddress(choices.What) ? null
        : Uri.TryCreate(choices.What, UriKind.Absolute, out Uri? url) && url is { Scheme: "https", PathAndQuery: "/" } ? url
        : throw new CommandException(ExitCode.Usage, $"The coordinator's address must be like https://host:port (was '{choices.What}').");

    private static bool IsAddress(string? what) => what?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;

    private static JoinToken Parse(string text)
    {
        try
        {
            return JoinToken.Parse(text);
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCode.Usage, e.Message, e);
        }
    }

    /// <summary>A file that was emptied once the site had joined is no token.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"--token-file: {file} cannot be read: {e.Message}", e);
        }
    }
}
