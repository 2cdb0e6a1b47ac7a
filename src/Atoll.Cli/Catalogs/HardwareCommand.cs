using System.CommandLine;
using System.Text.Json;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Spectre.Console;

namespace Atoll.Cli.Catalogs;

/// <summary><c>atoll hardware list [FILTER] | show NAME</c>: the accelerators, computers and devices that Atoll knows.</summary>
internal static class HardwareCommand
{
    /// <summary>The rate that the list shows: of the precision that models are mostly trained in, or the nearest that there is.</summary>
    private static readonly string[] Preferred = ["bf16", "fp16", "fp32", "fp64"];

    public static Command Create() => new Verb("hardware", "The accelerators, computers and devices that Atoll knows: rate, power, embodied carbon and price, and who says so.")
    {
        Footer = """
            Examples:
              atoll hardware list tpu
              atoll hardware show h100
              atoll hardware show box --catalog ours.csv    a device of your own

            """,
        Subcommands = { List(), Show() },
    };

    private static Command List()
    {
        Argument<string?> filter = CatalogChoice.Filter("their name, label or kind");
        Option<string[]> files = CatalogChoice.Files();
        Option<bool> json = CatalogChoice.Json();
        Command command = new("list", "All hardware of the catalog, or that which is asked for.") { filter, files, json };
        command.SetAction(parsed =>
        {
            HardwareEntry[] known = Distinct(CatalogChoice.Of(parsed.GetValue(files)));
            IReadOnlyList<HardwareEntry> hardware = CatalogChoice.Filtered(known, parsed.GetValue(filter), "hardware", h => [h.Name, h.Label, h.Kind]);
            if (parsed.GetValue(json))
            {
                WriteJson(parsed.InvocationConfiguration.Output, hardware);
                return;
            }
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            new FittedTable()
                .Add("name", hardware.Select(h => h.Name), isText: true)
                .Add("kind", hardware.Select(h => h.Kind), importance: 2, isText: true)
                .Add("dense peak", hardware.Select(Peak))
                .Add("power", hardware.Select(h => QuantityText.Print(h.Power.Value)))
                .Add("embodied", hardware.Select(h => QuantityText.Print(h.Embodied.Value)))
                .Add("rent", hardware.Select(h => Known(h.Price)), importance: 3)
                .Add("what it is", hardware.Select(h => h.Label), importance: 1, isText: true)
                .WriteTo(terminal);
            terminal.Line();
            terminal.Line("Of one; rates are dense. Sources and ranges: atoll hardware show NAME");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = new("NAME") { Description = "A name of the list." };
        Option<string[]> files = CatalogChoice.Files();
        Option<bool> json = CatalogChoice.Json();
        Command command = new("show", "Every figure of one device, with range, source, year and link.") { name, files, json };
        command.SetAction(parsed =>
        {
            HardwareEntry hardware = CatalogChoice.Of(parsed.GetValue(files)).HardwareNamed(parsed.GetRequiredValue(name));
            if (parsed.GetValue(json))
            {
                WriteJson(parsed.InvocationConfiguration.Output, [hardware]);
                return;
            }
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            terminal.Paragraph($"{hardware.Name}: {hardware.Label} ({hardware.Kind})", new Style(decoration: Decoration.Bold));
            foreach ((string precision, Sourced<ComputeRate> rate) in hardware.Peak)
            {
                Write(terminal, $"peak {precision}", rate);
            }
            Write(terminal, "achieved", hardware.Achieved);
            Write(terminal, "power", hardware.Power);
            Write(terminal, "idle", hardware.IdlePower);
            Write(terminal, "embodied", hardware.Embodied);
            Write(terminal, "lifetime", hardware.Lifetime);
            Write(terminal, "rent", hardware.Price);
            Write(terminal, "purchase", hardware.Purchase);
        });
        return command;
    }

    private static void Write<TDimension>(Terminal terminal, string head, Sourced<TDimension>? figure) where TDimension : IDimension<TDimension>
    {
        if (figure is not null)
        {
            terminal.Line();
            FigureView.Write(terminal, head, figure);
        }
    }

    /// <summary>A user's entry stands in the place of ours.</summary>
    private static HardwareEntry[] Distinct(Catalog catalog) => [.. catalog.Hardware.DistinctBy(h => h.Name)];

    private static string Peak(HardwareEntry h) => Preferred.FirstOrDefault(h.Peak.ContainsKey) is { } precision ? $"{QuantityText.Print(h.Peak[precision].Value)} {precision}" : "";

    private static string Known<TDimension>(Sourced<TDimension>? figure) where TDimension : IDimension<TDimension> => figure is null ? "" : QuantityText.Print(figure.Value);

    private static void WriteJson(TextWriter output, IReadOnlyList<HardwareEntry> hardware) =>
        output.WriteLine(JsonSerializer.Serialize([.. hardware.Select(JsonHardware.Of)], CatalogJson.Default.IReadOnlyListJsonHardware));
}
