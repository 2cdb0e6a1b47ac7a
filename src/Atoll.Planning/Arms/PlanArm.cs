using System.Text.Json.Serialization;

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
public abstract record PlanArm;
