using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Live;

/// <summary>
/// What the sites that are in so far tell of their tables. The next is held against them: one whose table does not go together with theirs is turned away with the reason, instead of ending
/// the enrolment for all.
/// </summary>
/// <param name="joined">What is known of them; null where there is none.</param>
/// <remarks>For any threads.</remarks>
public sealed class JoinedSummaries(Experiment experiment, JoinedTables? joined = null)
{
    private readonly Lock _lock = new();
    private volatile JoinedTables? _tables = joined;

    /// <summary>Null before the first site.</summary>
    public JoinedTables? Tables => _tables;

    /// <summary>Takes a site in.</summary>
    /// <param name="summaries">By arm; one for each federated arm.</param>
    /// <exception cref="DataException">Its table does not go together with those that are in: the message names arm, site and column. Nothing has changed.</exception>
    public void Add(string site, IReadOnlyDictionary<string, TableSummary> summaries)
    {
        lock (_lock)
        {
            string first = _tables?.First ?? site;
            Dictionary<string, TableSummary> together = [];
            foreach ((string name, FederatedArm arm) in LiveArms.Of(experiment))
            {
                together[name] = LiveArms.Named(name, () => With(first, _tables?.Summaries.GetValueOrDefault(name), site, summaries[name], LiveArms.Preparation(arm)));
            }
            _tables = new() { First = first, Summaries = together };
        }
    }

    private static TableSummary With(string first, TableSummary? others, string site, TableSummary own, SitePreparation preparation)
    {
        string them = first == site ? $"{first}, as it told before" : first; // it tells again what was not kept
        Dictionary<string, TableSummary> both = new() { [site] = own };
        if (others is not null)
        {
            both[them] = others;
        }
        preparation.RequireTogether(both, others is null ? site : them);
        return others?.With(own) ?? own;
    }
}
