using Atoll.Experiments;
using Atoll.Experiments.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>Which of an experiment's <c>sites</c> a site of the data is.</summary>
public static class DeclaredSites
{
    /// <summary>For the sites of the data that have no entry of their own, and for the coordinator where it has none.</summary>
    public const string Default = "default";

    /// <summary>Where the coordinator and the centralized arms run.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>The machine of <c>atoll run</c>.</summary>
    public const string ThisMachine = "this-machine";

    private static readonly string[] Reserved = [Default, Coordinator, ThisMachine];

    /// <summary>Whether the experiment says where it is to run, so that its footprint there can be modelled.</summary>
    public static bool AreGiven(Experiment experiment) => experiment.Sites?.Keys.Any(name => name != ThisMachine) ?? false;

    /// <summary>The entry that stands for a site of the data, or for the coordinator.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string EntryOf(Experiment experiment, string site)
    {
        IReadOnlyDictionary<string, Site> sites = experiment.Sites ?? new Dictionary<string, Site>();
        return sites.ContainsKey(site) && (site == Coordinator || !Reserved.Contains(site)) ? site
            : sites.ContainsKey(Default) ? Default
            : throw new InvalidOperationException($"sites must have an entry for {(site == Coordinator ? "the " : "site ")}{site}, or a {Default} for all that have none (has {string.Join(", ", sites.Keys)}).");
    }

    /// <exception cref="InvalidOperationException">An entry is neither a site of the data nor a reserved name, or a site of the data has no entry.</exception>
    public static void RequireKnown(Experiment experiment, IEnumerable<string> sitesOfData)
    {
        if (experiment.Sites is not { } declared)
        {
            return;
        }
        HashSet<string> known = [.. sitesOfData];
        foreach (string name in declared.Keys)
        {
            Require.That(known.Contains(name) || Reserved.Contains(name),
                $"sites.{name} must be a site of the data or one of {string.Join(", ", Reserved)}, but is neither{NearestName.Suggestion(name, [.. known, .. Reserved])}");
        }
        if (AreGiven(experiment))
        {
            foreach (string site in known)
            {
                EntryOf(experiment, site);
            }
            EntryOf(experiment, Coordinator);
        }
    }
}
