using Atoll.Experiments.Binding;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Sites;

/// <summary>The electricity of a site: one of a catalog name, an intensity, a trace or a live service.</summary>
[ShortForm(nameof(Name))]
public sealed record GridChoice
{
    /// <summary>As in <c>atoll grid list</c>: <c>DE</c>, <c>SE1</c>, <c>google/stockholm</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Which set of factors, where several have the name (<c>atoll grid show</c>).</summary>
    public string? FactorSet { get; init; }

    /// <summary>The same at every hour.</summary>
    public Estimate<CarbonIntensity>? Intensity { get; init => field = Bound.NotNegative(value); }

    /// <summary>A CSV file of times and intensities, found from the file's folder.</summary>
    public string? Trace { get; init; }

    /// <summary>What to do where a trace has gaps.</summary>
    public GapRule Gaps { get; init; } = GapRule.Interpolate;

    /// <summary>A service to ask.</summary>
    public LiveGrid? Live { get; init; }
}

/// <summary>A live service of grid intensity.</summary>
public sealed record LiveGrid
{
    public required LiveService Service { get; init; }

    /// <summary>The service's own name of the zone or region; the UK service needs none.</summary>
    public string? Zone { get; init; }
}
