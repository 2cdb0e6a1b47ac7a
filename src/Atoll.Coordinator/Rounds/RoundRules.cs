using Atoll.Federation.Aggregation;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Rounds;

/// <summary>What a round's decisions are made by.</summary>
public sealed record RoundRules
{
    public ISelection Selection { get; init; } = new AllSites();

    public IAggregation Aggregation { get; init; } = new FedAvg();

    /// <summary>The least share of the sites that a round needs whose updates make it count, in (0, 1].</summary>
    public double Quorum { get; init => field = Require.Within(double.Epsilon, 1, value); } = 1;

    /// <summary>Whether a site that failed its task is counted out, whatever the quorum: else one site could end the training of all.</summary>
    public bool CountsFailedOut { get; init; }

    /// <summary>How many times as many sites are asked as a round needs, 1 to 10. It closes as soon as it has the updates it needs.</summary>
    public double OverSelection { get; init => field = Require.Within(1, 10, value); } = 1;

    /// <summary>What sentences call the sites, by index; null for their numbers.</summary>
    public IReadOnlyList<string>? SiteNames { get; init; }

    /// <summary>How long sites have to answer; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What a sentence calls a site.</summary>
    internal string NameOf(int site, bool begins = false) => SiteNames?[site] ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(begins ? 'S' : 's')}ite {site}");

    /// <summary>The least number of updates that a round needs.</summary>
    /// <remarks>Rounded first: 0.1 · 30 is 3.0000000000000004 in binary, and means 3.</remarks>
    public int UpdatesNeeded(RoundState round) => CountsFailedOut ? Math.Clamp(round.Sites.Count - round.Failed, 1, UpdatesNeeded(round.Target)) : UpdatesNeeded(round.Target);

    /// <inheritdoc cref="UpdatesNeeded(RoundState)"/>
    public int UpdatesNeeded(int chosen) => Math.Max(1, (int)Math.Ceiling(Math.Round(Quorum * chosen, 9)));
}
