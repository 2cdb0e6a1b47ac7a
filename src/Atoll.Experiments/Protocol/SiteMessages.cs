using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;

namespace Atoll.Experiments.Protocol;

/// <summary>A trained update, whose body was uploaded before: <c>POST /v1/updates</c>. Sent again, it gets the same answer again.</summary>
public sealed record UpdateMessage
{
    /// <summary>What it answers: see <see cref="TrainWork.Task"/>.</summary>
    public required long Task { get; init; }

    public required string Arm { get; init; }

    /// <summary>The task's; left out where it has a turn, for then the update counts in whichever round is under way when it comes.</summary>
    public int? Round { get; init; }

    /// <summary>The task's; left out where it has none.</summary>
    public int? Turn { get; init; }

    /// <summary>SHA-256 of the body: safetensors with <c>update</c>, and <c>control</c> (its change) where the local objective exchanges one.</summary>
    public required Digest Update { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Training rows, as prepared.</summary>
    public required int Rows { get; init; }

    public required int Steps { get; init; }

    /// <summary>How many plain gradient steps they were worth; see <see cref="Federation.Aggregation.FedNova.EffectiveSteps"/>.</summary>
    public required double EffectiveSteps { get; init; }

    public required long Samples { get; init; }

    /// <summary>Mean training loss over the steps.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Of training alone.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of kind <c>update-received</c>: run, site, nonce and all of the above but seconds.</summary>
    public required SignedStatement Signed { get; init; }
}

/// <summary>What became of an update. A refusal is final: the site forgets the update and asks for work.</summary>
public sealed record UpdateReply
{
    public required bool Counted { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The index of the entry that records it.</summary>
    public long? Entry { get; init; }
}

/// <summary>A site cannot answer a task (its training diverged, its data is gone): <c>POST /v1/failures</c>.</summary>
public sealed record FailureMessage
{
    public required long Task { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A model on a site's test rows: <c>POST /v1/evaluations</c>.</summary>
public sealed record EvaluationMessage
{
    public required string Arm { get; init; }

    public required int Round { get; init; }

    public required Digest Model { get; init; }

    public required int TestRows { get; init; }

    /// <summary>By name; null where one is not defined on these rows.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Mean over the test rows.</summary>
    public required double? Loss { get; init; }

    /// <summary>Of kind <c>evaluation</c>: run, site, nonce and all of the above.</summary>
    public required SignedStatement Signed { get; init; }
}

/// <summary>Energy that training took at a site: <c>POST /v1/readings</c>.</summary>
public sealed record ReadingMessage
{
    public required string Arm { get; init; }

    public required int Round { get; init; }

    public required double EnergyJoules { get; init; }

    /// <summary><c>measured</c>, <c>modelled</c> or <c>assumed</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>Which meter or model.</summary>
    public required string Meter { get; init; }

    /// <summary>Of kind <c>meter-reading</c>: run, site, nonce and all of the above.</summary>
    public required SignedStatement Signed { get; init; }
}

/// <summary>A sign of life while a task takes its time: <c>POST /v1/progress</c>.</summary>
public sealed record ProgressMessage
{
    public required long Task { get; init; }

    /// <summary>Share of the task that is done, 0 to 1.</summary>
    public required double Done { get; init => field = Require.Within(0, 1, value); }
}

/// <summary>The newest tree head, and the proof that it goes on from a witness's: <c>GET /v1/head?from=SIZE</c>.</summary>
public sealed record HeadReply
{
    public required SignedTreeHead Head { get; init; }

    /// <summary>From the first SIZE entries; empty where none were asked for.</summary>
    public required IReadOnlyList<Digest> Consistency { get; init; }
}

/// <summary>What an operator asks: <c>POST /v1/abort</c>, with the operator's token.</summary>
public sealed record AbortRequest
{
    public required string Reason { get; init; }
}

/// <summary>Why a request was refused; the body of every answer of 400 and above.</summary>
public sealed record ProtocolProblem
{
    /// <summary>For programs: <c>token-expired</c>, <c>wrong-shape</c>.</summary>
    public required string Code { get; init; }

    /// <summary>For people: what, what it must be, what it was.</summary>
    public required string Message { get; init; }
}
