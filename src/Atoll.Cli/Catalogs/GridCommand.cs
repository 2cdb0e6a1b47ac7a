using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Quantities;
using Spectre.Console;

namespace Atoll.Cli.Catalogs;

/// <summary><c>atoll grid list [FILTER] | show NAME | shift TRACE</c>: the carbon intensities that Atoll knows, and what waiting for cleaner hours saves.</summary>
internal static class GridCommand
{
    public static Command Create() => new Verb("grid", "The electricity grids that Atoll knows: how much CO₂e a kilowatt-hour of each is, and who says so.")
    {
        Footer = """
            Examples:
              atoll grid list sweden
              atoll grid list --factor-set google-2024
              atoll grid show DE                     in every set of factors that has it
              atoll grid list --catalog ours.csv     with grids of your own
              atoll grid shift trace.csv --job 24h --slack 24h

            """,
        Subcommands = { List(), Show(), GridShiftCommand.Create() },
    };

    private static Command List()
    {
        Argument<string?> filter = CatalogChoice.Filter("their name, label, country or factor set");
        Option<string?> factorSet = new("--factor-set") { Description = "Only those of one set of factors.", HelpName = "SET" };
        Option<string[]> files = CatalogChoice.Files();
        Option<bool> json = CatalogChoice.Json();
        Command command = new("list", "Every grid of the catalog, or those that are asked for.") { filter, factorSet, files, json };
        command.SetAction(parsed =>
        {
            Catalog catalog = CatalogChoice.Of(parsed.GetValue(files));
            IReadOnlyList<GridEntry> grids = CatalogChoice.Filtered(OfSet(catalog, parsed.GetValue(factorSet)), parsed.GetValue(filter), "grid", Words(catalog));
            if (parsed.GetValue(json))
            {
                WriteJson(parsed.InvocationConfiguration.Output, grids);
                return;
            }
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            new FittedTable()
                .Add("name", grids.Select(g => g.Name), isText: true)
                .Add("g/kWh", grids.Select(g => Grams(g.Intensity.Value)))
                .Add("factor set", grids.Select(g => g.FactorSet), isText: true)
                .Add("scope", grids.Select(g => g.IsLifeCycle ? "LCA" : "direct"), importance: 3, isText: true)
                .Add("where", grids.Select(g => g.Label), importance: 2, isText: true)
                .Add("carbon-free", grids.Select(Share), importance: 1)
                .WriteTo(terminal);
            terminal.Line();
            terminal.Paragraph("Means of a year. LCA: over the life cycle, with building plants and making fuel; direct: burning alone. Sources, years and ranges: atoll grid show NAME");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = new("NAME") { Description = "A grid of the list, or the name of its country." };
        Option<string?> factorSet = new("--factor-set") { Description = "Only in one set of factors.", HelpName = "SET" };
        Option<string[]> files = CatalogChoice.Files();
        Option<bool> json = CatalogChoice.Json();
        Command command = new("show", "One grid in every set of factors that has it, with range, source, year and link.") { name, factorSet, files, json };
        command.SetAction(parsed =>
        {
            Catalog catalog = CatalogChoice.Of(parsed.GetValue(files));
            string asked = parsed.GetRequiredValue(name);
            string[] sets = parsed.GetValue(factorSet) is { } one ? [one] : [.. catalog.FactorSetsOf(asked)];
            GridEntry[] grids = [.. sets.Select(set => catalog.Grid(asked, set))];
            if (parsed.GetValue(json))
            {
                WriteJson(parsed.InvocationConfiguration.Output, grids);
                return;
            }
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            terminal.Paragraph($"{grids[0].Name}: {grids[0].Label}", new Style(decoration: Decoration.Bold));
            if (grids[0].Aliases.Count > 0)
            {
                terminal.Paragraph($"Also {string.Join(", ", grids[0].Aliases)}.");
            }
            foreach ((int i, GridEntry grid) in grids.Index())
            {
                terminal.Line();
                terminal.Line(grids.Length > 1 && i == 0 ? $"{grid.FactorSet} (taken where no set is named)" : grid.FactorSet);
                Write(terminal, grid);
            }
        });
        return command;
    }

    private static void Write(Terminal terminal, GridEntry grid)
    {
        // As published: three digits would make 275.82 another number than its source's.
        FigureView.Write(terminal, "  mean", grid.Intensity, QuantityText.Exact);
        terminal.Entry("  scope    ", grid.IsLifeCycle ? "life cycle: building plants and making fuel is in it" : "direct: what is emitted in making the electricity, alone");
        if (grid.CarbonFree is { } share)
        {
            terminal.Entry("  clean    ", string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} % of its energy is carbon-free"));
        }
    }

    private static IReadOnlyList<GridEntry> OfSet(Catalog catalog, string? set)
    {
        string[] sets = [.. catalog.Grids.Select(g => g.FactorSet).Distinct()];
        return set is null ? catalog.Grids
            : sets.Contains(set, StringComparer.OrdinalIgnoreCase) ? [.. catalog.Grids.Where(g => g.FactorSet.Equals(set, StringComparison.OrdinalIgnoreCase))]
            : throw new CommandException(ExitCode.BadInput, $"--factor-set must be one of {string.Join(", ", sets)} (was '{set}').");
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<GridEntry> grids) =>
        output.WriteLine(JsonSerializer.Serialize([.. grids.Select(JsonGrid.Of)], CatalogJson.Default.IReadOnlyListJsonGrid));

    /// <summary>What a grid is searched by: the name of its country finds its zones and cloud regions too.</summary>
    private static Func<GridEntry, IReadOnlyList<string>> Words(Catalog catalog)
    {
        ILookup<string, string> countries = catalog.Grids.Where(g => g.Name == g.Country).ToLookup(g => g.Country, g => g.Label);
        return grid => [grid.Name, grid.Label, grid.FactorSet, .. grid.Aliases, .. countries[grid.Country]];
    }

    private static string Share(GridEntry grid) => grid.CarbonFree is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %") : "";

    private static string Grams(Quantity<CarbonIntensity> intensity) => intensity.In(CarbonIntensity.GramPerKilowattHour).ToString("#,0.0#", CultureInfo.InvariantCulture);
}
