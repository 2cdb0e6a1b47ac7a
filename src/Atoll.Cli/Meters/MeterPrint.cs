using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Meters;

/// <summary>The report for people: a table, and below it what each line is from.</summary>
internal static class MeterPrint
{
    public static void Write(MeterReport report, Terminal terminal)
    {
        Unit<Energy> unit = QuantityText.UnitFor(report.Total.Amount.Value);
        List<Row> rows =
        [
            .. report.Components.Select(c => Row.Of(c.Name, c.Energy, unit)),
            Row.Of("overhead", report.Overhead, unit),
            Row.Of("energy", report.Total, unit),
        ];
        if (report.Carbon is { } carbon)
        {
            rows.Add(Row.Of("carbon", carbon, QuantityText.UnitFor(carbon.Amount.Value)));
        }
        if (report.Cost is { } cost)
        {
            rows.Add(Row.Of("electricity", cost, QuantityText.UnitFor(cost.Amount.Value)));
        }
        terminal.Line();
        terminal.Line($"atoll meter: {string.Join(' ', report.Command)}");
        terminal.Line($"{report.Duration} at a mean of {report.MeanPower}; exit code {report.ExitCode}");
        terminal.Line();
        new FittedTable().Add("", rows.Select(r => r.Name), isText: true).Add("value", rows.Select(r => r.Value)).Add("range", rows.Select(r => r.Range), importance: 1)
            .Add("known", rows.Select(r => r.Basis), isText: false).WriteTo(terminal);
        terminal.Line();
        foreach (Row row in rows.Where(r => r.Name != "energy"))
        {
            terminal.Entry($"{row.Name}: ", row.Source);
        }
        terminal.Entry("meter: ", report.Meter);
        if (report.Carbon is null)
        {
            terminal.Entry("carbon: ", "not known without --grid.");
        }
        foreach (string note in report.Notes)
        {
            terminal.Entry("note: ", note);
        }
    }

    private sealed record Row(string Name, string Value, string Range, string Basis, string Source)
    {
        public static Row Of<T>(string name, Reported<T> figure, Unit<T> unit) where T : IDimension<T> => new(
            name, QuantityText.Print(figure.Amount.Value, unit), figure.Amount.IsRange ? $"{QuantityText.Digits(figure.Amount.Low.In(unit))} to {QuantityText.Print(figure.Amount.High, unit)}" : "",
            Word(figure.Basis), figure.Source);

        private static string Word(Basis basis) => basis switch
        {
            Footprint.Provenance.Basis.Measured => "measured",
            Footprint.Provenance.Basis.Modelled => "modelled",
            _ => "assumed",
        };
    }
}
