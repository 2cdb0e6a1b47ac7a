using System.Text.Json.Serialization;
using Atoll.Experiments.Results;
using Atoll.Ledger.Merkle;

namespace Atoll.Experiments.Protocol;

/// <summary>A live run at a glance: <c>GET /v1/status</c>, <c>atoll status</c>, and what the live page shows. A fold over the ledger, but for who is connected.</summary>
public sealed record RunStatus
{
    public required string Run { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    public required ulong Seed { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>What is going on or waited for, in a sentence.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>When this was true: the time of asking a coordinator, or of a folder's last entry.</summary>
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<ArmStatus> Arms { get; init; }

    public required IReadOnlyList<SiteStatus> Sites { get; init; }

    /// <summary>The latest first, at most 50.</summary>
    public required IReadOnlyList<RejectionStatus> Rejections { get; init; }

    /// <summary>How many there were.</summary>
    public required long Rejected { get; init; }

    public required LedgerStatus Ledger { get; init; }
}

/// <summary>How far a live run is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPhase>))]
public enum RunPhase
{
    [JsonStringEnumMemberName("enrolling")] Enrolling,
    [JsonStringEnumMemberName("preparing")] Preparing,
    [JsonStringEnumMemberName("training")] Training,
    [JsonStringEnumMemberName("evaluating")] Evaluating,
    [JsonStringEnumMemberName("finished")] Finished,
    [JsonStringEnumMemberName("aborted")] Aborted,
}

/// <summary>A federated arm of a live run.</summary>
public sealed record ArmStatus
{
    public required string Name { get; init; }

    /// <summary>Rounds done.</summary>
    public required int Completed { get; init; }

    public required int Rounds { get; init; }

    public required long Parameters { get; init; }

    public required long BytesUp { get; init; }

    public required long BytesDown { get; init; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>The model after the last round that is done.</summary>
    public Digest? Model { get; init; }

    /// <summary>Updates of the round under way: in, and asked for.</summary>
    public required int Updates { get; init; }

    public required int Asked { get; init; }

    /// <summary>Rounds that are done; metrics are over the test rows of all sites that evaluated, and absent while some still may.</summary>
    public required IReadOnlyList<RoundResult> Results { get; init; }
}

/// <summary>A site of a live run.</summary>
public sealed record SiteStatus
{
    public required string Name { get; init; }

    public required SiteActivity Activity { get; init; }

    /// <summary>When it last gave a sign of life; null before the first.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>Share of its task that is done.</summary>
    public double? Done { get; init; }

    public int? TrainRows { get; init; }

    public int? TestRows { get; init; }

    public IReadOnlyDictionary<string, int> Labels { get; init; } = new Dictionary<string, int>();

    public required int Updates { get; init; }

    public required int Rejected { get; init; }

    public required double EnergyJoules { get; init; }

    /// <summary>How the energy is known, where there is any.</summary>
    public string? EnergyBasis { get; init; }

    /// <summary>By arm: the newest metrics on its own test rows.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>> Metrics { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, double?>>();
}

/// <summary>What a site is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SiteActivity>))]
public enum SiteActivity
{
    [JsonStringEnumMemberName("expected")] Expected,
    [JsonStringEnumMemberName("online")] Online,
    [JsonStringEnumMemberName("training")] Training,
    [JsonStringEnumMemberName("late")] Late,
    [JsonStringEnumMemberName("lost")] Lost,

    /// <summary>It takes part; whether it is there now, only a coordinator that runs could say.</summary>
    [JsonStringEnumMemberName("enrolled")] Enrolled,
}

/// <summary>Something that was refused.</summary>
public sealed record RejectionStatus
{
    public required DateTimeOffset Time { get; init; }

    public string? Site { get; init; }

    public string? Arm { get; init; }

    public int? Round { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The ledger's newest head.</summary>
public sealed record LedgerStatus
{
    public required long Size { get; init; }

    public Digest? Root { get; init; }

    /// <summary>Of the coordinator's key: what people compare.</summary>
    public required string Fingerprint { get; init; }
}
