using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Models;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>An experiment's arm at the declared sites: what each of them computes and sends is counted, and only rates, powers and prices are looked up.</summary>
internal abstract class DeclaredArmModel : IArmModel
{
    private static readonly Origin Counted = new() { Basis = Basis.Measured, Source = "counted from the experiment's layers, rows and rounds" };

    private readonly int _operations;

    protected DeclaredArmModel(ExperimentSites sites, LoadedArm arm)
    {
        (Sites, Arm) = (sites, arm);
        _operations = sites.Inputs.Add($"arms.{arm.Name}.operations-per-sample", new Estimate<Computation>(new Quantity<Computation>(arm.Network.TrainingFlops)), Counted);
    }

    public IReadOnlyList<Formula> Formulas { get; protected init; } = [];

    public abstract PrivacyPlan Privacy { get; }

    /// <summary>Bytes of raw data that leave their sites.</summary>
    public virtual long BytesMoved => 0;

    protected ExperimentSites Sites { get; }

    protected LoadedArm Arm { get; }

    public abstract ArmOutcome Evaluate(ReadOnlySpan<double> inputs);

    /// <summary>What the arm's times come from, and its accounts.</summary>
    /// <param name="training">Sites that train.</param>
    /// <param name="sent">What is sent, by the index of its size.</param>
    protected IReadOnlyList<Formula> FormulasOf(string wall, string? exchange, string? movement, IReadOnlyList<SiteInputs> training, IReadOnlyList<LinkInputs> links, params int?[] sent)
    {
        string[] rates = AccountFormulas.Paths(Sites.Inputs, [_operations, .. training.SelectMany(site => site.RateIndices)]);
        string[] ways = AccountFormulas.Paths(Sites.Inputs, [.. sent, .. links.SelectMany(link => link.TimeIndices)]);
        return
        [
            new() { Output = "compute-hours", Text = "samples × operations of a sample / (count × rate)", Source = "Patterson et al. 2021, arXiv 2104.10350", Inputs = rates },
            .. exchange is null ? Array.Empty<Formula>() : [new() { Output = "exposed-communication-hours", Text = exchange, Inputs = ways }],
            .. movement is null ? Array.Empty<Formula>() : [new() { Output = "movement-hours", Text = movement, Inputs = ways }],
            new() { Output = "wall-clock-hours", Text = wall, Inputs = [.. rates, .. ways] },
            .. AccountFormulas.Of(Sites.Inputs, training, links),
        ];
    }

    protected int Bits(string what, long bytes) => Sites.Inputs.Add($"arms.{Arm.Name}.{what}", new Estimate<Data>(bytes * Data.Byte), Counted);

    /// <summary>Operations of so many samples.</summary>
    protected double Flops(ReadOnlySpan<double> x, double samples) => samples * x[_operations];

    /// <summary>Seconds in which a site trains on so many samples.</summary>
    protected double Seconds(ReadOnlySpan<double> x, SiteInputs site, double samples) => Flops(x, samples) / site.Rate(x);

    /// <summary>Bits up and down a site's own way out, as its energy and price are by.</summary>
    protected static void Send(List<LinkUse> uses, LinkInputs? way, double up, double down, double held)
    {
        if (way is not null && up + down > 0)
        {
            uses.Add(new(way, up, down, held));
        }
    }

    /// <summary>The ways out of a site and of the coordinator, of which one must be there.</summary>
    protected (LinkInputs? Site, LinkInputs? Coordinator) WaysOf(SiteInputs site)
    {
        LinkInputs? own = Sites.WayOf(site), other = Sites.WayOf(Sites.SiteOf(DeclaredSites.Coordinator));
        Require.That(own is not null || other is not null, $"sites.{site.Name}.link must be given, or that of the coordinator: arm {Arm.Name} sends over it.");
        return (own, other);
    }

    /// <summary>Seconds for bits from a site to the coordinator (up) or back, while all together are under way: the narrower of the two ways, and both latencies.</summary>
    protected static double Transfer(ReadOnlySpan<double> x, (LinkInputs? Site, LinkInputs? Coordinator) ways, double bits, double all, bool up)
    {
        double own = ways.Site is { } s ? bits / (up ? s.Up(x) : s.Down(x)) : 0, other = ways.Coordinator is { } c ? all / (up ? c.Down(x) : c.Up(x)) : 0;
        return Math.Max(own, other) + (ways.Site?.Latency(x) ?? 0) + (ways.Coordinator?.Latency(x) ?? 0);
    }
}
