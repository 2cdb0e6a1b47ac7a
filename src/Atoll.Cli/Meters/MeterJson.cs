using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Meters;

/// <summary>The report for programs.</summary>
internal sealed partial record MeterJson
{
    public required IReadOnlyList<string> Command { get; init; }

    public required int ExitCode { get; init; }

    public required double Seconds { get; init; }

    public required double MeanPowerW { get; init; }

    public required string Meter { get; init; }

    /// <summary>In kilowatt-hours: each component, <c>overhead</c> and <c>total</c>.</summary>
    public required IReadOnlyList<Figure> EnergyKWh { get; init; }

    public required Figure? CarbonKg { get; init; }

    public required Figure? CostUsd { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public static string Text(MeterReport report) => JsonSerializer.Serialize(new MeterJson
    {
        Command = report.Command,
        ExitCode = report.ExitCode,
        Seconds = report.Duration.In(Time.Second),
        MeanPowerW = report.MeanPower.In(Power.Watt),
        Meter = report.Meter,
        EnergyKWh =
        [
            .. report.Components.Select(c => Figure.Of(c.Name, c.Energy, Energy.KilowattHour)),
            Figure.Of("overhead", report.Overhead, Energy.KilowattHour),
            Figure.Of("total", report.Total, Energy.KilowattHour),
        ],
        CarbonKg = report.Carbon is { } carbon ? Figure.Of("location-based", carbon, Carbon.Kilogram) : null,
        CostUsd = report.Cost is { } cost ? Figure.Of("electricity", cost, Money.Dollar) : null,
        Notes = report.Notes,
    }, Context.Readable.MeterJson);

    internal sealed record Figure(string Name, double Value, double Low, double High, Basis Basis, string Source)
    {
        public static Figure Of<T>(string name, Reported<T> figure, Unit<T> unit) where T : IDimension<T> =>
            new(name, figure.Amount.Value.In(unit), figure.Amount.Low.In(unit), figure.Amount.High.In(unit), figure.Basis, figure.Source);
    }

    [JsonSerializable(typeof(MeterJson))]
    private sealed partial class Context : JsonSerializerContext
    {
        /// <summary>Signs such as × as they are: the text is for files and pipes, not for pages.</summary>
        public static Context Readable { get; } = new(new JsonSerializerOptions
        {
            WriteIndented = true,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter<Basis>(JsonNamingPolicy.KebabCaseLower) },
        });
    }
}
