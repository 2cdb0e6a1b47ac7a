using Atoll.Footprint.Provenance;

namespace Atoll.Footprint.Grids.Live;

/// <summary>One answer's part of a series.</summary>
/// <param name="Rows">As the service lists them.</param>
/// <param name="Estimated">How many are estimates or forecasts where measurements were asked for.</param>
/// <param name="FactorType">As in <see cref="LiveReading.EmissionFactorType"/>.</param>
/// <param name="Step">Where the service states it.</param>
internal sealed record LivePart(IReadOnlyList<TraceRow> Rows, int Estimated, string FactorType, TimeSpan? Step = null)
{
    /// <summary>Several parts to one trace of [from, to). Services add the step before or after a range: what is outside is left out.</summary>
    /// <exception cref="LiveGridException">Nothing is within the range.</exception>
    /// <exception cref="TraceException">The parts make no trace.</exception>
    public static GridTrace ToTrace(LiveService service, string zone, IReadOnlyList<Told<LivePart>> parts, DateTimeOffset from, DateTimeOffset to, GapRule gaps, string kind)
    {
        TraceRow[] rows = [.. parts.SelectMany(p => p.Value.Rows).Where(row => row.At >= from && row.At < to)];
        if (rows.All(row => row.Intensity is null))
        {
            throw new LiveGridException(LiveFault.Missing, $"{service.Title()} has no intensity of {zone} from {Text(from)} to {Text(to)} (it lists {rows.Length} times there).");
        }
        // Where two questions meet, both answers can have the step between them.
        rows = [.. rows.Where((row, i) => i == 0 || row != rows[i - 1])];
        int estimated = parts.Sum(p => p.Value.Estimated);
        string[] notes =
        [
            .. parts.Select(p => p.Note).OfType<string>().Distinct(),
            .. estimated > 0 ? (string[])[$"{service.Title()}, {zone}: {estimated} of {rows.Length} values are estimates or forecasts."] : [],
        ];
        bool marginal = service == LiveService.WattTime;
        Origin origin = new()
        {
            Basis = Basis.Modelled,
            Source = $"{service.Title()}, zone {zone}",
            Year = rows[0].At.UtcDateTime.Year,
            Url = service.Site(),
            Note = $"{kind} of {Text(from)} to {Text(to)}, {(marginal ? "marginal" : "average")}, {parts[0].Value.FactorType}, fetched {Text(parts.Min(p => p.FetchedAt))}",
        };
        TimeSpan? step = parts[0].Value.Step ?? (rows.Length == 1 ? TimeSpan.FromHours(1) : null);
        return TraceRows.ToTrace($"{service.Title()}, {zone}", rows, gaps, origin, notes, step);
    }

    /// <summary>A range in pieces that a service answers at once.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Pieces(DateTimeOffset from, DateTimeOffset to, TimeSpan most)
    {
        Require.That(from < to, $"A range must begin before it ends (was {Text(from)} to {Text(to)}).");
        for (DateTimeOffset at = from; at < to; at += most)
        {
            yield return (at, at + most < to ? at + most : to);
        }
    }

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks - time.UtcTicks % step.Ticks, TimeSpan.Zero);
}
