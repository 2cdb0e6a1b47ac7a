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
        bool isAddress = choices.What?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;
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
        return chosen is null ? null : WithAddress(Parse(chosen), isAddress ? choices.What : null);
    }

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

    /// <summary>An address that is given goes before the token's: behind a gateway the coordinator may have another. Whoever answers there must still have the token's authority.</summary>
    private static JoinToken WithAddress(JoinToken token, string? address)
    {
        if (address is null)
        {
            return token;
        }
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url is { Scheme: "https", PathAndQuery: "/" } ? token with { Url = url }
            : throw new CommandException(ExitCode.Usage, $"The coordinator's address must be like https://host:port (was '{address}').");
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
