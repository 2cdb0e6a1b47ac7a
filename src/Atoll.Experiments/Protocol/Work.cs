using System.Text.Json.Serialization;
using Atoll.Learning.Data.Schema;
using Atoll.Ledger.Merkle;

namespace Atoll.Experiments.Protocol;

/// <summary>What a site is to do next: the answer of <c>GET /v1/work</c>, which waits until there is something.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WaitWork), "wait")]
[JsonDerivedType(typeof(PrepareWork), "prepare")]
[JsonDerivedType(typeof(TrainWork), "train")]
[JsonDerivedType(typeof(EvaluateWork), "evaluate")]
[JsonDerivedType(typeof(EndWork), "end")]
public abstract record Work;

/// <summary>Nothing yet: ask again, at once.</summary>
public sealed record WaitWork : Work
{
    /// <summary>What everybody waits for, in a sentence for operators.</summary>
    public required string Reason { get; init; }
}

/// <summary>Enrolment is over: encode the rows by these schemas and tell how many there are.</summary>
public sealed record PrepareWork : Work
{
    /// <summary>By federated arm.</summary>
    public required IReadOnlyDictionary<string, DataSchema> Schemas { get; init; }
}

/// <summary>Train the model on the site's rows. The same task comes again until it is answered.</summary>
public sealed record TrainWork : Work
{
    /// <summary>The index of its task-taken entry: what the update answers.</summary>
    public required long Task { get; init; }

    public required string Arm { get; init; }

    /// <summary>From 1.</summary>
    public required int Round { get; init; }

    /// <summary>
    /// Where updates are buffered: which of the site's own tasks it is, from 1. The site's random numbers are drawn by it and not by the round, and the answer says it in place of the
    /// round.
    /// </summary>
    public int? Turn { get; init; }

    /// <summary>The body to begin from, under <c>/v1/models</c>: <c>weights</c>, and <c>control</c> where the local objective exchanges one.</summary>
    public required Digest Model { get; init; }

    public required long Bytes { get; init; }

    public int? LocalEpochs { get; init; }

    public int? LocalSteps { get; init; }

    /// <summary>What the schedule makes of the optimizer's learning rate in this round.</summary>
    public float LearningRateFactor { get; init; } = 1;

    /// <summary>The site's last task of this arm whose update became part of a model; null before the first. What a local objective keeps at the site follows from that one.</summary>
    public long? Counted { get; init; }

    /// <summary>When the answer must be in; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>Hold a model against the site's test rows.</summary>
public sealed record EvaluateWork : Work
{
    public required string Arm { get; init; }

    /// <summary>The round that the model is the result of.</summary>
    public required int Round { get; init; }

    public required Digest Model { get; init; }

    public required long Bytes { get; init; }
}

/// <summary>The run is over.</summary>
public sealed record EndWork : Work
{
    /// <summary>False where it was aborted.</summary>
    public required bool Finished { get; init; }

    public required string Reason { get; init; }

    /// <summary>The trained models by arm: bodies under <c>/v1/models</c>.</summary>
    public IReadOnlyDictionary<string, Digest> Models { get; init; } = new Dictionary<string, Digest>();
}
