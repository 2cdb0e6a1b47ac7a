using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>Time and energy of work spread over accelerators.</summary>
/// <remarks>
/// Patterson et al. (2021), "Carbon Emissions and Large Neural Network Training", arXiv 2104.10350: <c>kWh = accelerators × hours × mean system watts × PUE / 1000</c>;
/// <c>days = FLOPs / (accelerators × measured FLOP/s) / 86,400</c>. The PUE is left to <see cref="Facility"/>.
/// </remarks>
public static class TrainingWork
{
    /// <summary><c>work / (accelerators × achieved)</c>.</summary>
    /// <param name="achieved">By one accelerator, measured in training: not its peak.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no accelerators, or they do nothing.</exception>
    public static Quantity<Time> Duration(Quantity<Computation> work, double accelerators, Quantity<ComputeRate> achieved)
    {
        Require.MoreThan(0, accelerators, nameof(accelerators));
        Require.MoreThan(0, achieved.Value, nameof(achieved));
        return work / (achieved * accelerators);
    }

    /// <summary><c>accelerators × power × time</c>.</summary>
    /// <param name="power">Of one accelerator with its share of the server around it: mean while working, or while waiting for what it waits.</param>
    public static Quantity<Energy> Energy(double accelerators, Quantity<Power> power, Quantity<Time> time) => power * time * accelerators;
}
