using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;

namespace Atoll.Coordinator.Buffering;

/// <summary>What a buffered arm's decisions are made by.</summary>
public sealed record BufferedRules
{
    public required FedBuff Buffered { get; init; }

    public IAggregation Aggregation { get; init; } = new FedAvg();

    /// <summary>How often the model is to change.</summary>
    public required int Rounds { get; init => field = Require.AtLeast(1, value); }

    /// <summary>What sentences call the sites, by index; null for their numbers.</summary>
    public IReadOnlyList<string>? SiteNames { get; init; }

    /// <summary>What a sentence calls a site.</summary>
    internal string NameOf(int site, bool begins = false) => SiteNames?[site] ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(begins ? 'S' : 's')}ite {site}");
}
