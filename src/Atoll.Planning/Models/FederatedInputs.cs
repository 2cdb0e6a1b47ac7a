using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Arms;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>A federated arm's own figures as indices of inputs.</summary>
internal sealed record FederatedInputs
{
    /// <summary>Null: as many as the workload's items need.</summary>
    public int? RoundsIndex { get; private init; }

    /// <summary>Null: all.</summary>
    public int? ClientsIndex { get; private init; }

    /// <summary>Excludes the next.</summary>
    public int? LocalStepsIndex { get; private init; }

    public int? LocalEpochsIndex { get; private init; }

    public required int AvailabilityIndex { get; init; }

    public required int SpreadIndex { get; init; }

    public required int OverSelectionIndex { get; init; }

    public required int BitsUpIndex { get; init; }

    public required int BitsDownIndex { get; init; }

    public required int CompressionIndex { get; init; }

    public required int ExpansionIndex { get; init; }

    /// <summary>W.</summary>
    public required int ServerPowerIndex { get; init; }

    public required int ServerPueIndex { get; init; }

    public IReadOnlyList<int?> Pace => [RoundsIndex, ClientsIndex, LocalStepsIndex, LocalEpochsIndex];

    public IReadOnlyList<int?> Luck => [AvailabilityIndex, SpreadIndex, OverSelectionIndex];

    public IReadOnlyList<int?> Sizes => [BitsUpIndex, BitsDownIndex, CompressionIndex, ExpansionIndex];

    public static FederatedInputs Of(Federated arm, ArmContext context)
    {
        Origin server = new()
        {
            Basis = Basis.Modelled,
            Source = "Yousefpour et al., Green Federated Learning: 45 W × PUE 1.09",
            Year = 2023,
            Url = "https://arxiv.org/abs/2303.14604",
        };
        return new()
        {
            RoundsIndex = arm.Rounds is { } rounds ? context.Note<Count>("rounds", rounds) : null,
            ClientsIndex = arm.ClientsPerRound is { } clients ? context.Note<Count>("clients-per-round", clients) : null,
            LocalStepsIndex = arm.LocalSteps is { } steps ? context.Note<Count>("local-steps", steps) : null,
            LocalEpochsIndex = arm.LocalSteps is null ? context.Note("local-epochs", arm.LocalEpochs ?? 1 * Ratio.One) : null,
            AvailabilityIndex = context.Note("availability", arm.Availability ?? 1 * Ratio.One),
            SpreadIndex = context.Note("speed-spread", arm.SpeedSpread ?? 0 * Ratio.One),
            OverSelectionIndex = context.Note("over-selection", arm.OverSelection ?? 1 * Ratio.One),
            BitsUpIndex = context.Note("bits-up", arm.BitsUp),
            BitsDownIndex = context.Note("bits-down", arm.BitsDown),
            CompressionIndex = context.Note("compression", arm.Compression ?? 1 * Ratio.One),
            ExpansionIndex = context.Note("expansion", arm.Expansion ?? 1 * Ratio.One),
            ServerPowerIndex = context.Note<Power>("server-power", 45 * Power.Watt, server),
            ServerPueIndex = context.Note<Ratio>("server-pue", 1.09 * Ratio.One, server),
        };
    }
}
