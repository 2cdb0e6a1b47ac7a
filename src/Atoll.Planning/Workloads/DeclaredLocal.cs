using Atoll.Planning.Models;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>Each site trains on its own rows at its own pace, and nothing is sent.</summary>
internal sealed class DeclaredLocal : DeclaredArmModel
{
    private readonly (SiteInputs Site, double Samples, double Largest)[] _groups;

    public DeclaredLocal(ExperimentSites sites, LoadedArm arm, ulong seed, int rounds)
        : base(sites, arm)
    {
        _groups = [.. ArmWork.Of(arm, seed, rounds).Sites.GroupBy(site => sites.TrainingSiteOf(arm.Name, site.Site))
            .Select(same => (same.Key, (double)same.Sum(site => site.Samples), (double)same.Max(site => site.Samples)))];
        Formulas = FormulasOf("the time of the site that takes longest", null, null, [.. _groups.Select(group => group.Site)], []);
    }

    public override PrivacyPlan Privacy => new() { RawData = "nowhere", CoordinatorSees = "nothing: there is none", Facts = ["Raw data stay where they are, and nothing is sent."] };

    public override ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        double wall = 0, samples = 0;
        var uses = new SiteUse[_groups.Length];
        for (int i = 0; i < _groups.Length; i++)
        {
            (SiteInputs site, double all, double largest) = _groups[i];
            double seconds = Seconds(x, site, all);
            uses[i] = new(site) { ComputeSeconds = seconds, IdleSeconds = 0, HeldSeconds = seconds };
            wall = Math.Max(wall, Seconds(x, site, largest));
            samples += all;
        }
        return Accounts.Of(x, new() { WallClockSeconds = wall, ComputeSeconds = wall, Utilization = 1 }, Flops(x, samples), uses, []);
    }
}
