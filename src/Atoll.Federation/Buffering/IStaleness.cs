using System.Text.Json.Serialization;

namespace Atoll.Federation.Buffering;

/// <summary>How much less an update counts that was trained from an older model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PolynomialStaleness), "polynomial")]
[JsonDerivedType(typeof(ConstantStaleness), "constant")]
public interface IStaleness
{
    /// <summary>What an update is divided by, at least 1: <c>1/s(τ)</c>. The same bits on every machine.</summary>
    /// <param name="staleness">τ: how often the model changed between the task's beginning and the update, at least 0.</param>
    float Divisor(int staleness);
}
