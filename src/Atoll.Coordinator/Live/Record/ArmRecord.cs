using Atoll.Experiments;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live.Record;

/// <summary>What the ledger says of an arm.</summary>
internal sealed class ArmRecord(string name, FederatedArm settings)
{
    public string Name => name;

    public FederatedArm Settings => settings;

    public int Rounds => settings.Rounds;

    public RoundRecord? Open { get; set; }

    /// <summary>By site, which may have one: those of the open round; where updates are buffered, of earlier ones too.</summary>
    public Dictionary<int, TaskRecord> Tasks { get; } = [];

    /// <summary>Null where the arm trains in rounds, and before its beginning.</summary>
    public BufferRecord? Buffer { get; set; }

    public List<DoneRound> Done { get; } = [];

    public int Completed => Done.Count == 0 ? 0 : Done[^1].Number;

    /// <summary>What sites begin the open round, or the next, from.</summary>
    public (int Round, Digest Model, long Bytes)? Published { get; set; }

    /// <summary>All that the next round depends on; null before the first.</summary>
    public Digest? State { get; set; }

    public ArmFinished? End { get; set; }

    public long BytesUp { get; set; }

    public long BytesDown { get; set; }

    public long Samples { get; set; }

    /// <summary>By round and site.</summary>
    public Dictionary<int, Dictionary<int, SiteFinding>> Findings { get; } = [];

    /// <summary>By basis and meter.</summary>
    public SortedDictionary<(string Basis, string Meter), double> Joules { get; } = [];

    public bool IsDue(int round) => round % settings.EvaluateEvery == 0 || round == settings.Rounds;
}
