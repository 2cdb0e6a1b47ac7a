namespace Atoll.Planning.File;

/// <summary>What matters, as weights. Each is at least 0; only their ratios count.</summary>
public sealed record Objective
{
    public double Time { get; init => field = Require.AtLeast(0, value); }

    public double Cost { get; init => field = Require.AtLeast(0, value); }

    public double Carbon { get; init => field = Require.AtLeast(0, value); }

    public double Energy { get; init => field = Require.AtLeast(0, value); }

    public double Water { get; init => field = Require.AtLeast(0, value); }

    /// <summary>That raw data stay where they are.</summary>
    public double Privacy { get; init => field = Require.AtLeast(0, value); }

    public double Accuracy { get; init => field = Require.AtLeast(0, value); }
}
