using System.Text.Json.Serialization;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Arms;

/// <summary>One of the alternatives that a plan compares.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Centralized), "centralized")]
[JsonDerivedType(typeof(DataParallel), "data-parallel")]
[JsonDerivedType(typeof(DiLoCo), "diloco")]
[JsonDerivedType(typeof(StreamingDiLoCo), "streaming-diloco")]
[JsonDerivedType(typeof(Federated), "federated")]
[JsonDerivedType(typeof(Hybrid), "hybrid")]
[JsonDerivedType(typeof(CarbonAware), "carbon-aware")]
public abstract record PlanArm
{
    /// <summary>The links it goes over, by name, where the same sites have several. All where not given.</summary>
    public IReadOnlyList<string>? Over { get; init; }

    /// <summary>Accelerators or devices in use at each of its sites. All where not given.</summary>
    public Estimate<Count>? Count { get; init; }
}
