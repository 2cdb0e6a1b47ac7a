using Atoll.Experiments.Results;
using System.Text.Json.Serialization;

namespace Atoll.Planning.Results;

/// <summary>What a plan comes to: <c>--json</c>, and what the page is made from.</summary>
public sealed record PlanResult
{
    public required string Name { get; init; }

    /// <summary>The program's version.</summary>
    public required string Atoll { get; init; }

    /// <summary>In words: <c>10 B parameters, 200 B tokens</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>The arm that others are held against: the first centralized one, or the first.</summary>
    public required string Baseline { get; init; }

    public required IReadOnlyList<ArmPlan> Arms { get; init; }

    public IReadOnlyList<Solution> Solved { get; init; } = [];

    public IReadOnlyList<BreakEven> BreakEvens { get; init; } = [];

    public IReadOnlyList<SweepResult> Sweeps { get; init; } = [];

    /// <summary>Arms that no other beats at once in all that the objective names; in time, cost and carbon where it names nothing.</summary>
    public IReadOnlyList<string> Pareto { get; init; } = [];

    public required Recommendation Recommendation { get; init; }

    /// <summary>Monte-Carlo draws behind the ranges.</summary>
    public required int Draws { get; init; }

    /// <summary>Every input, with its source.</summary>
    public required IReadOnlyList<FigureSource> Provenance { get; init; }

    /// <summary>What a reader must know: a service that was down and what was used instead, an assumption that matters.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

public sealed record ArmPlan
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required double WallClockHours { get; init; }

    public required double ComputeHours { get; init; }

    public required double ExposedCommunicationHours { get; init; }

    public double HiddenCommunicationHours { get; init; }

    public double WaitingHours { get; init; }

    public double MovementHours { get; init; }

    public required double Utilization { get; init; }

    public required EnergyPlan EnergyKWh { get; init; }

    public required CarbonPlan CarbonKg { get; init; }

    public required double WaterLitres { get; init; }

    public required CostPlan CostUsd { get; init; }

    /// <summary>Paid before the start: fibre and owned hardware, undivided.</summary>
    public double CapitalUsd { get; init; }

    /// <summary>Null where nothing tells the operations: a step's time is given, and neither parameters nor the hardware's rate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? CostPerExaflopUsd { get; init; }

    /// <summary>The SCI score (ISO/IEC 21031:2024) with 10¹⁸ operations as its functional unit; null where the cost for one is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? SciGramsPerExaflop { get; init; }

    public required double EffectivePue { get; init; }

    /// <summary>Expected loss over that of data-parallel training; null where no published law speaks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? LossRatio { get; init; }

    /// <summary>Bytes over each link, both ways, by the link's name.</summary>
    public IReadOnlyDictionary<string, double> LinkBytes { get; init; } = new Dictionary<string, double>();

    /// <summary>5th and 95th percentile of each output, by the JSON's name of it (<c>energyKWh.total</c>).</summary>
    public IReadOnlyDictionary<string, Percentiles> Range { get; init; } = new Dictionary<string, Percentiles>();

    /// <summary>Which inputs move the arm's figures most: for each objective, the first of them first, at most ten, the largest first.</summary>
    public IReadOnlyList<Influence> Tornado { get; init; } = [];

    public required PrivacyPlan Privacy { get; init; }

    /// <summary>How each output comes from inputs.</summary>
    public IReadOnlyList<Models.Formula> Formulas { get; init; } = [];

    /// <summary>Hour by hour what a carbon-aware arm does; absent for others.</summary>
    public Timeline? Timeline { get; init; }
}

public sealed record EnergyPlan(double Compute, double Overhead, double Network, double Total);

public sealed record CarbonPlan(double LocationBased, double MarketBased, double Network, double Embodied, double Total);

public sealed record CostPlan(double Hardware, double Electricity, double Network, double Total);

public sealed record Percentiles(double P05, double P95);

/// <summary>What becomes of an output when one input goes from the low to the high end of its range, all others as given.</summary>
public sealed record Influence(string Input, string Output, double AtLow, double AtHigh);

public sealed record PrivacyPlan
{
    /// <summary>Where raw data go: <c>nowhere</c>, or from where to where.</summary>
    public required string RawData { get; init; }

    /// <summary>How much of them leaves the sites where they lie.</summary>
    public RawDataMovement Moves { get; init; }

    public required string CoordinatorSees { get; init; }

    /// <summary>What follows for regulation, each a sentence.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}

/// <summary>An input found. <see cref="Value"/> is null where no value of the input brings the output there; <see cref="Note"/> then says what it comes to.</summary>
public sealed record Solution
{
    public required string Vary { get; init; }

    public required string Until { get; init; }

    public required double Reaches { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? Value { get; init; }

    /// <summary>The base unit: <c>bit/s</c>, <c>W</c>, <c>m</c>, <c>s</c>, <c>USD</c>.</summary>
    public required string Unit { get; init; }

    public string? Note { get; init; }
}

/// <summary>A value of an input at which the best arm by an output changes.</summary>
public sealed record BreakEven
{
    public required string Vary { get; init; }

    /// <summary>The output by which arms are compared: <c>cost-usd.total</c>.</summary>
    public required string By { get; init; }

    public required double Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>The best arm below the value, and above it.</summary>
    public required string Below { get; init; }

    public required string Above { get; init; }

    /// <summary>A sentence: <c>Below 4.3 Gbit/s between frankfurt and lulea, lulea alone is cheaper than islands.</c></summary>
    public required string Text { get; init; }
}

public sealed record SweepResult
{
    public required string Vary { get; init; }

    public required string Unit { get; init; }

    public required IReadOnlyList<double> Values { get; init; }

    public string? Against { get; init; }

    public string? AgainstUnit { get; init; }

    public IReadOnlyList<double>? AgainstValues { get; init; }

    public required string Show { get; init; }

    /// <summary>For each arm its output: at each value, or, with a second input, row by row of that input.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double?>> Arms { get; init; }
}

public sealed record Recommendation
{
    public required string Arm { get; init; }

    /// <summary>Sentences: why, what it costs against the next best, and what would change it.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>A job over time against the grids it could use.</summary>
public sealed record Timeline
{
    public required DateTimeOffset Start { get; init; }

    /// <summary>Seconds of one step.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>g/kWh of each site at each step.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Intensity { get; init; }

    /// <summary>The site that the job runs at in each step; null where it waits.</summary>
    public required IReadOnlyList<string?> Runs { get; init; }

    /// <summary>Kilograms saved against starting at once at the first site.</summary>
    public required double SavedKg { get; init; }
}
