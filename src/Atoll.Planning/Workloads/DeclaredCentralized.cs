using Atoll.Planning.Models;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>All training rows are moved to the coordinator once, all sites sending at the same time, and trained on there.</summary>
internal sealed class DeclaredCentralized : DeclaredArmModel
{
    private readonly long _samples;
    private readonly SiteInputs _coordinator;
    private readonly (SiteInputs Site, (LinkInputs? Site, LinkInputs? Coordinator) Ways, double Bits, double Largest)[] _moves;

    public DeclaredCentralized(ExperimentSites sites, LoadedArm arm, ulong seed, int rounds)
        : base(sites, arm)
    {
        _samples = ArmWork.Of(arm, seed, rounds).Samples;
        _coordinator = sites.TrainingSiteOf(arm.Name, DeclaredSites.Coordinator);
        _moves = [.. arm.Data.Sites.GroupBy(site => sites.SiteOf(site.Name)).Select(same =>
            (same.Key, WaysOf(same.Key), 8.0 * same.Sum(arm.TrainBytes), 8.0 * same.Max(arm.TrainBytes)))];
        BytesMoved = arm.Data.Sites.Sum(arm.TrainBytes);
        Formulas = FormulasOf("movement + computing", null, "the largest site's rows / its bandwidth up, or all rows / the coordinator's bandwidth, whichever is longer, + latency", [_coordinator],
            [.. _moves.SelectMany(move => new[] { move.Ways.Site, move.Ways.Coordinator }).OfType<LinkInputs>().Distinct()]);
    }

    public override long BytesMoved { get; }

    public override PrivacyPlan Privacy => new()
    {
        Moves = RawDataMovement.All,
        RawData = $"the training rows of all {Arm.Data.Sites.Count} sites go to the coordinator",
        CoordinatorSees = "all training rows",
        Facts = ["Raw data leave their sites: where they are personal, the coordinator becomes a processor or controller of them (GDPR articles 26 and 28)."],
    };

    public override ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        double all = _moves.Sum(move => move.Bits), movement = 0;
        foreach (var move in _moves)
        {
            movement = Math.Max(movement, Transfer(x, move.Ways, move.Largest, all, up: true));
        }
        List<LinkUse> links = [];
        foreach (var move in _moves)
        {
            Send(links, move.Ways.Site, move.Bits, 0, movement);
        }
        Send(links, Sites.WayOf(_coordinator), 0, all, movement);
        double compute = Seconds(x, _coordinator, _samples);
        ArmTimes times = new() { WallClockSeconds = movement + compute, ComputeSeconds = compute, MovementSeconds = movement, Utilization = 1 };
        SiteUse use = new(_coordinator) { ComputeSeconds = compute, IdleSeconds = 0, HeldSeconds = compute };
        return Accounts.Of(x, times, Flops(x, _samples), [use], [.. links]);
    }
}
