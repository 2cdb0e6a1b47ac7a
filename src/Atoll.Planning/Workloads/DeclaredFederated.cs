using Atoll.Experiments;
using Atoll.Footprint.Accounting;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Models;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>
/// Rounds: the model goes down to the sites that take part, each trains on its own rows, its update comes up; the round ends with the slowest, and the others wait.
/// Where updates are buffered nobody waits: as many tasks as the arm's concurrency are always under way, so that together they take their sum over that.
/// </summary>
/// <remarks>The coordinator's server takes 45 W for the whole of the run (Yousefpour et al. 2023, "Green Federated Learning", arXiv 2303.14604), at the coordinator's PUE, grid and tariff.</remarks>
internal sealed class DeclaredFederated : DeclaredArmModel
{
    private static readonly Origin GreenFederatedLearning = new()
    {
        Basis = Basis.Modelled,
        Source = "Yousefpour et al., Green Federated Learning",
        Year = 2023,
        Url = "https://arxiv.org/abs/2303.14604",
        Note = "an aggregating server",
    };

    private readonly (SiteInputs Site, (LinkInputs? Site, LinkInputs? Coordinator) Ways)[] _entries;
    private readonly (int Times, int All, Part[] Parts)[] _rounds;
    private readonly SiteInputs _coordinator;
    private readonly int _up, _down, _server;
    private readonly int? _atOnce;

    public DeclaredFederated(ExperimentSites sites, LoadedArm arm, ulong seed, int rounds)
        : base(sites, arm)
    {
        SiteInputs[] bySite = [.. arm.Data.Sites.Select(site => sites.TrainingSiteOf(arm.Name, site.Name))];
        SiteInputs[] entries = [.. bySite.Distinct()];
        int[] entryOf = [.. bySite.Select(site => Array.IndexOf(entries, site))];
        _entries = [.. entries.Select(site => (site, WaysOf(site)))];
        _coordinator = sites.SiteOf(DeclaredSites.Coordinator);
        (long up, long down) = ArmWork.BytesOfExchange(arm);
        (_up, _down) = (Bits("update", up), Bits("model", down));
        _server = sites.Inputs.Add("sites.coordinator.server-power", new Estimate<Power>(FederatedDevices.ServerPower), GreenFederatedLearning);
        // Rounds that ask the same of the same entries are one, however many there are.
        _rounds = [.. RoundWork.Of(arm, seed).Take(rounds).Select(round => PartsOf(round, entryOf))
            .GroupBy(parts => string.Join(';', parts)).Select(same => (same.Count(), same.First().Sum(part => part.Sites), same.First()))];
        _atOnce = (arm.Arm as FederatedArm)?.Buffered?.Concurrency;
        Formulas = FormulasOf(
            _atOnce is null ? "sum over the rounds of the slowest site's model down + computing + update up" : "sum over the tasks of model down + computing + update up / the tasks that are under way at any time",
            "of the slowest site of each round: bytes / its bandwidth, or those of all / the coordinator's, whichever is longer, + latency, down and up", null,
            entries, [.. _entries.SelectMany(entry => new[] { entry.Ways.Site, entry.Ways.Coordinator }).OfType<LinkInputs>().Distinct()], _up, _down);
    }

    public override PrivacyPlan Privacy => new()
    {
        RawData = "nowhere",
        CoordinatorSees = "each site's updates in the clear: neither secure aggregation nor differential privacy is on",
        Facts = ["Raw data stay where they are; updates leave, and can tell of the rows that they come from."],
    };

    public override ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        var sums = new Sums[_entries.Length];
        double wall = 0, computing = 0, exposed = 0, samples = 0;
        foreach ((int times, int all, Part[] parts) in _rounds)
        {
            if (_atOnce is { } atOnce)
            {
                foreach (Part part in parts)
                {
                    (SiteInputs site, var ways) = _entries[part.Entry];
                    double compute = Seconds(x, site, part.Samples);
                    double exchange = part.Sites * (Transfer(x, ways, x[_down], x[_down], up: false) + Transfer(x, ways, x[_up], x[_up], up: true));
                    wall += times * (compute + exchange) / atOnce;
                    computing += times * compute / atOnce;
                    exposed += times * exchange / atOnce;
                    samples += times * (double)part.Samples;
                    sums[part.Entry].Samples += times * (double)part.Samples;
                    sums[part.Entry].Held += times * (compute + exchange);
                    sums[part.Entry].Exchanges += times * (double)part.Sites;
                }
                continue;
            }
            double longest = 0, computeOfLongest = 0, exchangeOfLongest = 0;
            foreach (Part part in parts)
            {
                (SiteInputs site, var ways) = _entries[part.Entry];
                double compute = Seconds(x, site, part.Largest);
                double exchange = Transfer(x, ways, x[_down], all * x[_down], up: false) + Transfer(x, ways, x[_up], all * x[_up], up: true);
                if (compute + exchange > longest)
                {
                    (longest, computeOfLongest, exchangeOfLongest) = (compute + exchange, compute, exchange);
                }
            }
            wall += times * longest;
            computing += times * computeOfLongest;
            exposed += times * exchangeOfLongest;
            foreach (Part part in parts)
            {
                samples += times * (double)part.Samples;
                sums[part.Entry].Samples += times * (double)part.Samples;
                sums[part.Entry].Held += times * part.Sites * longest;
                sums[part.Entry].Exchanges += times * (double)part.Sites;
            }
        }
        return Accounts.Of(x, new()
        {
            WallClockSeconds = wall,
            ComputeSeconds = computing,
            ExposedCommunicationSeconds = exposed,
            Utilization = wall > 0 ? computing / wall : 1,
        }, Flops(x, samples), Uses(x, sums, wall), Links(x, sums, wall));
    }

    /// <summary>What the sites of each entry are asked in a round.</summary>
    private static Part[] PartsOf(RoundWork round, int[] entryOf) => [.. round.Sites.Select((site, i) => (Entry: entryOf[site], Samples: round.Samples[i]))
        .GroupBy(site => site.Entry).Select(same => new Part(same.Key, same.Count(), same.Max(site => site.Samples), same.Sum(site => site.Samples))).OrderBy(part => part.Entry)];

    private SiteUse[] Uses(ReadOnlySpan<double> x, Sums[] sums, double wall)
    {
        var uses = new SiteUse[_entries.Length + 1];
        for (int i = 0; i < _entries.Length; i++)
        {
            double compute = Seconds(x, _entries[i].Site, sums[i].Samples);
            uses[i] = new(_entries[i].Site) { ComputeSeconds = compute, IdleSeconds = sums[i].Held - compute, HeldSeconds = sums[i].Held };
        }
        uses[^1] = new(_coordinator) { ComputeSeconds = 0, IdleSeconds = 0, HeldSeconds = 0, OtherJoules = x[_server] * wall };
        return uses;
    }

    private LinkUse[] Links(ReadOnlySpan<double> x, Sums[] sums, double wall)
    {
        List<LinkUse> links = [];
        double all = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            Send(links, _entries[i].Ways.Site, sums[i].Exchanges * x[_up], sums[i].Exchanges * x[_down], sums[i].Held);
            all += sums[i].Exchanges;
        }
        Send(links, Sites.WayOf(_coordinator), all * x[_down], all * x[_up], wall);
        return [.. links];
    }

    /// <param name="Sites">How many take part.</param>
    /// <param name="Largest">Samples of the one that has most.</param>
    /// <param name="Samples">Of all of them.</param>
    private readonly record struct Part(int Entry, int Sites, long Largest, long Samples);

    private struct Sums
    {
        public double Samples, Held, Exchanges;
    }
}
