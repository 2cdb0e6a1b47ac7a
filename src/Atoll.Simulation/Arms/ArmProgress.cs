using Atoll.Experiments.Results;
using Atoll.Simulation.Metering;

namespace Atoll.Simulation.Arms;

/// <summary>What is known of an arm under way, beside its vectors: what a checkpoint carries.</summary>
internal sealed record ArmProgress
{
    public required IReadOnlyList<RoundResult> Rounds { get; init; }

    /// <summary>SHA-256 of the rows and sites that all arms have with this seed (<see cref="DataFingerprint"/>).</summary>
    public string Data { get; init; } = "";

    public long Samples { get; init; }

    public long BytesUp { get; init; }

    public long BytesDown { get; init; }

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of training in a round that was cancelled, where parts of it are done (<see cref="ArmRun.HasBegunRound"/>).</summary>
    public double BegunSeconds { get; init; }

    /// <summary>What <see cref="Seconds"/> of training took, where it was metered.</summary>
    public EnergyTally Energy { get; init; } = EnergyTally.None;

    /// <summary>What <see cref="BegunSeconds"/> took.</summary>
    public EnergyTally BegunEnergy { get; init; } = EnergyTally.None;

    /// <summary>Present when the arm is done.</summary>
    public FinalResult? Final { get; init; }

    /// <summary>Why the arm stopped before its end.</summary>
    public string? Stopped { get; init; }

    /// <summary>SHA-256 of the model file, once written.</summary>
    public string? ModelSha256 { get; init; }

    public bool IsDone => Final is not null || Stopped is not null;
}
