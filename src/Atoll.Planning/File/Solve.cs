using Atoll.Experiments.Binding;

namespace Atoll.Planning.File;

/// <summary>Find the value of an input at which an output reaches a value.</summary>
public sealed record Solve
{
    /// <summary>The input: <c>links.frankfurt-lulea.bandwidth</c>, <c>sites.lulea.pue</c>.</summary>
    public required string Vary { get; init; }

    /// <summary>The output, by the names of the JSON in kebab-case: <c>arms.islands.utilization</c>, <c>arms.islands.cost-usd.total</c>, <c>arms.islands.wall-clock-hours</c>.</summary>
    public required string Until { get; init; }

    /// <summary>The value to reach, in the output's unit.</summary>
    public required double Reaches { get; init; }
}

/// <summary>Run through values of an input, or of two against each other.</summary>
public sealed record Sweep
{
    /// <summary>The input.</summary>
    public required string Vary { get; init; }

    /// <summary>The first value, with its unit.</summary>
    public required WrittenAmount From { get; init; }

    /// <summary>The last value, with its unit.</summary>
    public required WrittenAmount To { get; init; }

    /// <summary>How many values.</summary>
    public int Steps { get; init => field = Require.Within(2, 1000, value); } = 50;

    /// <summary>How they are spaced.</summary>
    public Spacing Spacing { get; init; } = Spacing.Logarithmic;

    /// <summary>A second input, for a map.</summary>
    public SweepAxis? Against { get; init; }

    /// <summary>The output that is compared: <c>cost-usd.total</c>, <c>carbon-kg.total</c>, <c>utilization</c>.</summary>
    public string Show { get; init; } = "cost-usd.total";
}

/// <summary>The second input of a sweep.</summary>
public sealed record SweepAxis
{
    public required string Vary { get; init; }

    public required WrittenAmount From { get; init; }

    public required WrittenAmount To { get; init; }

    public int Steps { get; init => field = Require.Within(2, 1000, value); } = 50;

    public Spacing Spacing { get; init; } = Spacing.Logarithmic;
}

/// <summary>How values lie between two ends.</summary>
public enum Spacing
{
    Logarithmic,
    Linear,
}
