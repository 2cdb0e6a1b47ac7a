using Atoll.Footprint.Provenance;

namespace Atoll.Footprint.Grids.Live;

/// <summary>What a plan uses for a live grid: the service's answer, or what stands in for it.</summary>
/// <typeparam name="T">An intensity with its source, or a trace.</typeparam>
/// <param name="IsLive">Whether the service gave it, now or within the time for which its answers are kept.</param>
/// <param name="Notes">What was used instead and why, a sentence each; what the service itself remarked.</param>
public sealed record ResolvedGrid<T>(T Value, Origin Origin, bool IsLive, IReadOnlyList<string> Notes);
