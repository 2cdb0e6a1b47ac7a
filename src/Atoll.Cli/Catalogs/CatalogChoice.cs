using System.CommandLine;
using Atoll.Footprint.Catalogs;

namespace Atoll.Cli.Catalogs;

/// <summary>The arguments and options that the catalogs' commands share.</summary>
internal static class CatalogChoice
{
    public static Argument<string?> Filter(string of) => new("FILTER") { Arity = ArgumentArity.ZeroOrOne, Description = $"Only those with this in {of}." };

    public static Option<string[]> Files() => new("--catalog")
    {
        Description = "A catalog file of your own (CSV), whose entries go before Atoll's. May be given more than once: the last goes first.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print a JSON document in place of text." };

    public static Catalog Of(string[]? files) => (files ?? []).Aggregate(Catalog.BuiltIn, (catalog, file) => catalog.With(file));

    /// <summary>The entries that have a text somewhere in their words, whatever the case; all where there is no text.</summary>
    /// <exception cref="CommandException">None has it.</exception>
    public static IReadOnlyList<T> Filtered<T>(IReadOnlyList<T> entries, string? filter, string what, Func<T, IReadOnlyList<string>> words)
    {
        T[] found = [.. entries.Where(e => filter is null || words(e).Any(word => word.Contains(filter, StringComparison.OrdinalIgnoreCase)))];
        return found.Length > 0
            ? found
            : throw new CommandException(ExitCode.BadInput, $"No {what} has '{filter}' in its name{NearestName.Suggestion(filter!, entries.SelectMany(words).Distinct())}");
    }
}
