using System.Text.Json.Serialization;

namespace Atoll.Learning.Optimizers;

/// <summary>How the learning rate changes from epoch to epoch (centralized, local) or round to round (federated).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(StepDecay), "step")]
[JsonDerivedType(typeof(ExponentialDecay), "exponential")]
[JsonDerivedType(typeof(CosineDecay), "cosine")]
public interface ISchedule
{
    /// <summary>The factor on the learning rate in round <paramref name="round"/> (from 0) of <paramref name="rounds"/>.</summary>
    double Factor(int round, int rounds);
}
