using System.Collections.Immutable;

namespace Atoll.Coordinator.Buffering;

/// <summary>Everything a buffered arm's decisions depend on.</summary>
public sealed record BufferedState
{
    /// <summary>How often the model has changed.</summary>
    public int Completed { get; init; }

    public BufferPhase Phase { get; init; }

    /// <summary>By index.</summary>
    public required ImmutableArray<BufferedSite> Sites { get; init; }

    /// <summary>Training rows of every site, by index.</summary>
    public required ReadOnlyMemory<int> Rows { get; init; }

    /// <summary>Tasks given so far.</summary>
    public int Tasks { get; init; }

    /// <summary>Updates that came and are being added.</summary>
    public int Folding { get; init; }

    /// <summary>Updates in the buffer.</summary>
    public int Folded { get; init; }

    /// <summary>The round under way: that of the buffer that is being filled.</summary>
    public int Round => Completed + 1;

    /// <summary>Before the first task.</summary>
    public static BufferedState Before(ReadOnlyMemory<int> rows) => new() { Rows = rows, Sites = [.. Enumerable.Repeat(new BufferedSite(), rows.Length)] };

    /// <summary>Sites of one standing.</summary>
    public int Count(BufferedStanding standing) => Sites.Count(site => site.Standing == standing);

    internal BufferedState With(int site, BufferedSite now) => this with { Sites = Sites.SetItem(site, now) };
}
