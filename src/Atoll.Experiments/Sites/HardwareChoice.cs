using Atoll.Experiments.Binding;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Sites;

/// <summary>Hardware by its catalog name, by figures of one's own, or by a name with some figures changed. Figures are of one accelerator or device.</summary>
[ShortForm(nameof(Name))]
public sealed record HardwareChoice
{
    /// <summary>As in <c>atoll hardware list</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The rate that training achieves. Excludes the site's utilization, which is a share of the peak.</summary>
    public Estimate<ComputeRate>? Achieved { get; init => field = Bound.Positive(value); }

    /// <summary>The highest dense rate at the workload's precision.</summary>
    public Estimate<ComputeRate>? Peak { get; init => field = Bound.Positive(value); }

    /// <summary>Mean power while training, with its share of the server.</summary>
    public Estimate<Power>? Power { get; init => field = Bound.Positive(value); }

    /// <summary>Power while waiting for others.</summary>
    public Estimate<Power>? IdlePower { get; init => field = Bound.NotNegative(value); }

    /// <summary>Emissions of making it.</summary>
    public Estimate<Carbon>? Embodied { get; init => field = Bound.NotNegative(value); }

    /// <summary>Time in service, over which embodied carbon and the purchase are spread.</summary>
    public Estimate<Time>? Lifetime { get; init => field = Bound.Positive(value); }

    /// <summary>Price of renting one.</summary>
    public Estimate<HourlyPrice>? Price { get; init => field = Bound.NotNegative(value); }

    /// <summary>Price of buying one.</summary>
    public Estimate<Money>? Purchase { get; init => field = Bound.NotNegative(value); }
}
