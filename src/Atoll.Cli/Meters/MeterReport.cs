using Atoll.Footprint.Accounting;
using Atoll.Footprint.Meters;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Meters;

/// <summary>What a command took, in energy, carbon and money.</summary>
/// <param name="Carbon">Null where no grid was given.</param>
/// <param name="Cost">Null where no tariff is known.</param>
internal sealed record MeterReport(
    IReadOnlyList<string> Command,
    int ExitCode,
    string Meter,
    Quantity<Time> Duration,
    IReadOnlyList<(string Name, Reported<Energy> Energy)> Components,
    Reported<Energy> Overhead,
    Reported<Energy> Total,
    Reported<Carbon>? Carbon,
    Reported<Money>? Cost,
    IReadOnlyList<string> Notes)
{
    /// <summary>Of the machine and its overhead.</summary>
    public Quantity<Power> MeanPower => Duration.Value > 0 ? Total.Amount.Value / Duration : default;

    public static MeterReport Of(IReadOnlyList<string> command, int exitCode, string meter, Metered metered, Circumstances at)
    {
        Basis machine = Least(metered.Parts.Select(p => p.Origin.Basis));
        Estimate<Energy> computers = metered.Range;
        Reported<Energy> total = new(
            new(Facility.Total(computers.Value, at.Pue.Value.Value), Facility.Total(computers.Low, at.Pue.Low.Value), Facility.Total(computers.High, at.Pue.High.Value)),
            Least([machine, at.Pue.Origin.Basis]), "the sum of these");
        Reported<Energy> overhead = new(
            new(Facility.Overhead(computers.Value, at.Pue.Value.Value), Facility.Overhead(computers.Low, at.Pue.Low.Value), Facility.Overhead(computers.High, at.Pue.High.Value)),
            Least([machine, at.Pue.Origin.Basis]), $"PUE {Words(at.Pue)}");
        return new(command, exitCode, meter, metered.Duration, [.. metered.Parts.Select(p => (p.Component, new Reported<Energy>(p.Range, p.Origin.Basis, Words(p.Origin))))],
            overhead, total,
            at.Grid is not { } grid ? null : new(
                new(OperationalCarbon.LocationBased(total.Amount.Value, grid.Value), OperationalCarbon.LocationBased(total.Amount.Low, grid.Low), OperationalCarbon.LocationBased(total.Amount.High, grid.High)),
                Least([total.Basis, grid.Origin.Basis]), $"{(at.Place is null ? "" : at.Place + ", ")}{Words(grid)}"),
            at.Tariff is not { } tariff ? null : new(
                new(HardwareCost.Electricity(total.Amount.Value, tariff.Value), HardwareCost.Electricity(total.Amount.Low, tariff.Low), HardwareCost.Electricity(total.Amount.High, tariff.High)),
                Least([total.Basis, tariff.Origin.Basis]), Words(tariff)),
            computers.High.Value > 0 ? metered.Notes : [.. metered.Notes, "the command took less processor time than the system counts (0.01 s): it slept, or was done at once."]);
    }

    /// <summary>A sum is as sure as its least sure part.</summary>
    private static Basis Least(IEnumerable<Basis> parts) => parts.Append(Basis.Measured).Max();

    private static string Words<T>(Sourced<T> figure) where T : IDimension<T> => $"{new Estimate<T>(figure.Value, figure.Low, figure.High)}: {Words(figure.Origin)}";

    private static string Words(Origin origin) =>
        $"{origin.Source}{(origin.Year is { } year ? $", {year}" : "")}{(origin.Note is { Length: > 0 } note ? $" ({note.TrimEnd('.')})" : "")}";
}
