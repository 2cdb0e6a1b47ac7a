using System.Collections.Immutable;

namespace Atoll.Coordinator.Rounds;

/// <summary>Everything a round's decisions depend on.</summary>
public sealed record RoundState
{
    public required int Round { get; init; }

    public required RoundPhase Phase { get; init; }

    /// <summary>The chosen sites.</summary>
    public ImmutableDictionary<int, SiteStanding> Sites { get; init; } = ImmutableDictionary<int, SiteStanding>.Empty;

    /// <summary>How many updates the round is for: as many as there are chosen sites, unless more were chosen than it needs.</summary>
    public int Target { get; init; }

    /// <summary>Training rows of every site, chosen or not, by index.</summary>
    public ReadOnlyMemory<int> Rows { get; init; }

    /// <summary>When the sites must have answered.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Chosen sites whose answer is still to come.</summary>
    public int Awaited { get; init; }

    /// <summary>Chosen sites that gave no sign of life for too long, and may come back.</summary>
    public int Lost { get; init; }

    /// <summary>Chosen sites that failed their task.</summary>
    public int Failed { get; init; }

    /// <summary>Updates that came and are being added.</summary>
    public int Folding { get; init; }

    /// <summary>Updates in the average.</summary>
    public int Folded { get; init; }

    /// <summary>Before round <paramref name="round"/>, the first to come.</summary>
    public static RoundState Before(int round) => new() { Round = round, Phase = RoundPhase.Selecting };

    /// <summary>With a site's standing changed, and the counts with it.</summary>
    internal RoundState With(int site, SiteStanding standing)
    {
        SiteStanding was = Sites[site];
        return this with
        {
            Sites = Sites.SetItem(site, standing),
            Awaited = Awaited + Change(was, standing, SiteStanding.Awaited),
            Lost = Lost + Change(was, standing, SiteStanding.Lost),
            Failed = Failed + Change(was, standing, SiteStanding.Failed),
            Folding = Folding + Change(was, standing, SiteStanding.Folding),
            Folded = Folded + Change(was, standing, SiteStanding.Folded),
        };
    }

    private static int Change(SiteStanding was, SiteStanding isNow, SiteStanding counted) => (isNow == counted ? 1 : 0) - (was == counted ? 1 : 0);
}
