namespace Atoll.Planning.Arms;

/// <summary>All at one site; data that lie elsewhere are moved there once.</summary>
public sealed record Centralized : PlanArm
{
    public required string Site { get; init; }
}
