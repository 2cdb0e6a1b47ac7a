namespace Atoll.Planning.Arms;

/// <summary>Federated inside regions, with seldom exchanges between them.</summary>
public sealed record Hybrid : PlanArm
{
    /// <summary>The sites of each region; the first of each is its coordinator.</summary>
    public required IReadOnlyDictionary<string, Region> Regions { get; init; }

    /// <summary>Rounds inside a region between two exchanges of the regions.</summary>
    public int RegionalRounds { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>Steps of a site in a round.</summary>
    public int InnerSteps { get; init => field = Require.AtLeast(1, value); } = 100;

    /// <summary>Bits that are sent for a parameter.</summary>
    public int Bits { get; init => field = Require.Within(1, 32, value); } = 16;
}

/// <summary>Sites that are near each other.</summary>
public sealed record Region
{
    public required IReadOnlyList<string> Sites { get; init; }
}
