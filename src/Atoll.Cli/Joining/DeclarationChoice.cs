using System.Globalization;
using Atoll.Experiments.Protocol;
using Atoll.Footprint.Catalogs;

namespace Atoll.Cli.Joining;

/// <summary>What a site's operator declares of it, by the catalogs' own names.</summary>
internal static class DeclarationChoice
{
    /// <returns>Null where nothing is declared.</returns>
    /// <exception cref="CatalogException">The catalog has no such name: it says the nearest.</exception>
    public static SiteDeclaration? Of(JoinChoices choices) => (choices.Hardware, choices.Grid, choices.Pue) is (null, null, null) ? null : new()
    {
        Hardware = choices.Hardware is { } hardware ? Catalog.BuiltIn.HardwareNamed(hardware).Name : null,
        Grid = choices.Grid is { } grid ? Catalog.BuiltIn.Grid(grid).Name : null,
        Pue = choices.Pue,
    };

    /// <summary>As the command line would say it.</summary>
    public static string Text(SiteDeclaration? declared) => declared is null ? "nothing" : string.Join(' ', new[]
    {
        declared.Hardware is { } hardware ? $"--hardware {hardware}" : null, declared.Grid is { } grid ? $"--grid {grid}" : null,
        declared.Pue is { } pue ? string.Create(CultureInfo.InvariantCulture, $"--pue {pue}") : null,
    }.OfType<string>());
}
