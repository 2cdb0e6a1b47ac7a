using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Meters;

/// <summary>A figure of the report, and how it is known.</summary>
/// <param name="Basis">Of its least sure part.</param>
/// <param name="Source">What it is from, in words.</param>
internal sealed record Reported<TDimension>(Estimate<TDimension> Amount, Basis Basis, string Source) where TDimension : IDimension<TDimension>;
