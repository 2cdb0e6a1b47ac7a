using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Live.Record;

/// <summary>What the ledger says of a site.</summary>
internal sealed class SiteRecord(int index, string name)
{
    public int Index => index;

    public string Name => name;

    /// <summary>Index of its site-enrolled entry; null before.</summary>
    public long? Enrolled { get; set; }

    public PublicKey? Key { get; set; }

    public Digest? Summaries { get; set; }

    /// <summary>By arm; null before it has prepared.</summary>
    public IReadOnlyDictionary<string, PreparedRows>? Prepared { get; set; }

    /// <summary>Whether it gave no sign of life for too long.</summary>
    public bool IsLost { get; set; }

    /// <summary>That it took.</summary>
    public int Tasks { get; set; }

    public int Readings { get; set; }

    public int Updates { get; set; }

    public int Rejected { get; set; }

    /// <summary>By basis.</summary>
    public SortedDictionary<string, double> Joules { get; } = new(StringComparer.Ordinal);

    /// <summary>By arm: the newest that it found on its own test rows.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, double?>> Metrics { get; } = [];

    /// <summary>By arm: the site's last task whose update became part of a model.</summary>
    public Dictionary<string, long> Counted { get; } = [];
}
