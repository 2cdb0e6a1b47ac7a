using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Grids.Live;

/// <summary>The intensity of a grid at a time, as a service gives it.</summary>
public sealed record LiveReading
{
    public required LiveService Service { get; init; }

    /// <summary>The service's name of the zone or region.</summary>
    public required string Zone { get; init; }

    /// <summary>Start of the time that it is of.</summary>
    public required DateTimeOffset At { get; init; }

    public required Quantity<CarbonIntensity> Intensity { get; init; }

    /// <summary>Whether the service measured it or estimated (or forecast) it; null where it does not say.</summary>
    public required bool? IsEstimated { get; init; }

    /// <summary>What the factors count: <c>lifecycle</c>, <c>direct</c>.</summary>
    public required string EmissionFactorType { get; init; }

    /// <summary>Whether it is of the plants that follow a change of load, or the mean of all.</summary>
    public required bool IsMarginal { get; init; }

    /// <summary>When the service was asked: earlier than now where the answer is from the cache.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>What a reader must know, a sentence each: that it is a forecast, or a kept answer because the service was down.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The reading as a figure's source.</summary>
    public Origin Origin => new()
    {
        Basis = Basis.Modelled,
        Source = $"{Service.Title()}, zone {Zone}",
        Year = At.UtcDateTime.Year,
        Url = Service.Site(),
        Note = $"{At.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}, {(IsMarginal ? "marginal" : "average")}, {EmissionFactorType}{(IsEstimated == true ? ", estimated" : "")}{string.Concat(Notes.Select(note => $"; {note}"))}",
    };
}
