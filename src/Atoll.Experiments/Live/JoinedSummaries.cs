using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Live;

/// <summary>
/// What the sites that are in so far tell of their tables. The next is held against them: one whose table does not go together with theirs is turned away with the reason, instead of ending
/// the enrolment for all.
/// </summary>
/// <remarks>For any threads.</remarks>
public sealed class JoinedSummaries(Experiment experiment)
{
    private readonly Lock _lock = new();
    private IReadOnlyDictionary<string, TableSummary>? _joined;
    private string _first = "";

    /// <summary>Takes a site in.</summary>
    /// <param name="summaries">By arm; one for each federated arm.</param>
    /// <exception cref="DataException">Its table does not go together with those that are in: the message names arm, site and column. Nothing has changed.</exception>
    public void Add(string site, IReadOnlyDictionary<string, TableSummary> summaries)
    {
        lock (_lock)
        {
            if (_joined is not { } joined)
            {
                Require(site, summaries, []);
                (_first, _joined) = (site, summaries);
                return;
            }
            Require(site, summaries, joined.ToDictionary(arm => arm.Key, arm => arm.Value));
            _joined = joined.ToDictionary(arm => arm.Key, arm => arm.Value.With(summaries[arm.Key]));
        }
    }

    private void Require(string site, IReadOnlyDictionary<string, TableSummary> summaries, Dictionary<string, TableSummary> joined)
    {
        foreach ((string name, FederatedArm arm) in LiveArms.Of(experiment))
        {
            Dictionary<string, TableSummary> both = new() { [site] = summaries[name] };
            if (joined.TryGetValue(name, out TableSummary? others))
            {
                both[_first] = others;
            }
            LiveArms.Named(name, () =>
            {
                LiveArms.Preparation(arm).RequireTogether(both, joined.Count > 0 ? _first : site);
                return true;
            });
        }
    }
}
