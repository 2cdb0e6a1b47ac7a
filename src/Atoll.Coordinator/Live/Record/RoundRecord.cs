using Atoll.Coordinator.Rounds;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live.Record;

/// <summary>A round that is open.</summary>
internal sealed class RoundRecord(int number, DateTimeOffset opened, int asked)
{
    public int Number => number;

    public DateTimeOffset Opened => opened;

    public int Asked => asked;

    public List<CountedUpdate> Updates { get; } = [];
}

/// <summary>An update that counts in the open round.</summary>
/// <param name="Fold">In a buffered arm: how it is added to the others.</param>
internal sealed record CountedUpdate(long Entry, TaskRecord Task, Digest Body, long Bytes, int Rows, double EffectiveSteps, FoldUpdate? Fold);

/// <summary>A round that changed the model.</summary>
/// <param name="Model">The body with the weights after it.</param>
/// <param name="Bytes">Sent up and down until its end.</param>
internal sealed record DoneRound(int Number, double Seconds, long Bytes, Digest Model, long ModelBytes);
