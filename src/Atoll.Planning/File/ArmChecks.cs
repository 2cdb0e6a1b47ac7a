using Atoll.Planning.Arms;
using Atoll.Planning.Sites;

namespace Atoll.Planning.File;

/// <summary>What every arm of a kind needs of the plan, before its model is made.</summary>
internal static class ArmChecks
{
    /// <returns>Whether a model can be made.</returns>
    public static bool Pass(PlanArm arm, ArmContext context)
    {
        bool passed = true;
        void Refuse(string field, string message)
        {
            context.Refuse(field, message);
            passed = false;
        }
        (string Field, string Site)[] named = [.. SiteNames.Of(arm)];
        foreach ((string field, string site) in named)
        {
            passed &= SiteNames.RequireKnown(context.File, context.Path(field), site, context.Sites.Keys);
        }
        if (!passed)
        {
            return false;
        }
        foreach ((string field, string site) in named.Where(n => n.Field != "coordinator" && context.Sites[n.Site].Hardware is null))
        {
            Refuse(field, $"must be a site that computes: sites.{site}.hardware is missing");
        }
        passed &= Links(arm, context, [.. named.Select(n => n.Site)]);
        switch (arm)
        {
            case DataParallel a:
                Spread(a.Sites, "sites", 2, context, Refuse);
                break;
            case DiLoCo a:
                Spread(a.Sites, "sites", 2, context, Refuse);
                break;
            case StreamingDiLoCo a:
                Spread(a.Sites, "sites", 2, context, Refuse);
                Fragments(a, context, Refuse);
                break;
            case Hybrid a:
                Regions(a, context, Refuse);
                break;
            case Federated a:
                Federated(a, context, Refuse);
                break;
            case CarbonAware { Sites.Count: 0 }:
                Refuse("sites", "must name at least one site (was empty)");
                break;
            case CarbonAware { Sites: [var only] } when context.Sites[only].Trace is null:
                Refuse("sites", $"must be more than one, or have a grid that varies: sites.{only}.grid must be a trace or a live service");
                break;
        }
        return passed;
    }

    /// <summary>The links that the arm names are there, and none is in doubt.</summary>
    private static bool Links(PlanArm arm, ArmContext context, IReadOnlyCollection<string> sites)
    {
        bool passed = true;
        string[] known = [.. context.Lines];
        for (int i = 0; i < (arm.Over?.Count ?? 0); i++)
        {
            string name = arm.Over![i];
            if (!known.Contains(name))
            {
                context.Refuse($"over[{i}]", $"must be the name of a link, {(known.Length == 0 ? "of which there are none" : string.Join(" or ", known))} (was {name}){(NearestName.Of(name, known) is { } near ? $". Did you mean {near}?" : "")}");
                passed = false;
            }
        }
        if (passed && context.Network.Ambiguous(sites) is { } pair)
        {
            context.Refuse("over", $"must say which of the links between {pair.From} and {pair.To} the arm goes over: there are several");
            passed = false;
        }
        return passed;
    }

    /// <summary>Sites that train together: enough of them, linked with each other, and a workload that tells what they exchange.</summary>
    private static void Spread(IReadOnlyList<string> sites, string field, int least, ArmContext context, Action<string, string> refuse)
    {
        if (sites.Count < least)
        {
            refuse(field, $"must name at least {least} sites (was {sites.Count})");
        }
        else if (sites.Count > 1 && context.Network.Over(sites, out IReadOnlyList<string> unreached) is null)
        {
            refuse(field, $"must be linked with each other: no links lead from {sites[0]} to {string.Join(" and ", unreached)}");
        }
        if (!context.Workload.KnowsParameters)
        {
            refuse(field, "need workload.parameters: what they exchange is by the size of the model");
        }
        if (!context.Workload.KnowsSteps)
        {
            refuse(field, "need workload.steps, or tokens or samples and their batch: what they exchange is by the step");
        }
    }

    private static void Fragments(StreamingDiLoCo arm, ArmContext context, Action<string, string> refuse)
    {
        if (arm.Fragments is not { } fragments)
        {
            return;
        }
        if (fragments > context.Workload.Layers)
        {
            refuse("fragments", context.File.Has("workload.layers") ? $"must be at most workload.layers, {context.Workload.Layers} (was {fragments})"
                : context.File.Has("workload.experiment") ? $"must be at most the layers of the experiment's model, {context.Workload.Layers} (was {fragments})"
                : $"needs workload.layers, which must be at least as many (was {fragments}): a fragment is made of whole layers");
        }
        if (fragments > arm.InnerSteps)
        {
            refuse("fragments", $"must be at most inner-steps, {arm.InnerSteps}: one is sent at a step at the most (was {fragments})");
        }
        else if (arm.Overlap > arm.InnerSteps / fragments)
        {
            refuse("overlap", $"must be at most the steps between two fragments, inner-steps / fragments = {arm.InnerSteps / fragments} (was {arm.Overlap})");
        }
    }

    private static void Regions(Hybrid arm, ArmContext context, Action<string, string> refuse)
    {
        if (arm.Regions.Count < 2)
        {
            refuse("regions", $"must be at least 2: one alone is federated (was {arm.Regions.Count})");
        }
        Dictionary<string, string> regionOf = [];
        foreach ((string name, Region region) in arm.Regions)
        {
            Spread(region.Sites, $"regions.{name}.sites", 1, context, refuse);
            foreach (string site in region.Sites.Where(s => !regionOf.TryAdd(s, name)))
            {
                refuse($"regions.{name}.sites", $"must not name {site}, which is in region {regionOf[site]}");
            }
        }
        string[] heads = [.. arm.Regions.Values.Where(r => r.Sites.Count > 0).Select(r => r.Sites[0]).Distinct()];
        if (heads.Length > 1 && context.Network.Over(heads, out IReadOnlyList<string> unreached) is null)
        {
            refuse("regions", $"must be linked by the first site of each: no links lead from {heads[0]} to {string.Join(" and ", unreached)}");
        }
    }

    private static void Federated(Federated arm, ArmContext context, Action<string, string> refuse)
    {
        if (arm.Sites.Count == 0)
        {
            refuse("sites", "must name at least one site (was empty)");
        }
        if (arm.Sites is [var only] && context.Sites[only].ClientsIndex is null)
        {
            refuse("sites", $"must be at least 2, or one of several clients: sites.{only}.clients must be given (was one client)");
        }
        foreach (string site in arm.Sites.Where(s => s != arm.Coordinator))
        {
            bool reaches = arm.Coordinator is { } coordinator ? context.Network.Between(site, coordinator) is not null
                : context.Network.OwnWay(site) is not null || arm.Sites.Any(other => other != site && context.Network.Between(site, other) is not null);
            if (!reaches)
            {
                refuse("sites", $"must be linked with the coordinator: {site} has no link, neither in links nor of its own (sites.{site}.link)");
            }
        }
        if (!context.Workload.KnowsParameters)
        {
            refuse("sites", "need workload.parameters: what they exchange is by the size of the model");
        }
        Above(arm.Rounds?.Value, 0, "rounds");
        Above(arm.ClientsPerRound?.Value, 0, "clients-per-round");
        Above(arm.LocalSteps?.Value, 0, "local-steps");
        Above(arm.LocalEpochs?.Low.Value, 0, "local-epochs");
        Above(arm.Compression?.Low.Value, 0, "compression");
        Above(arm.Availability?.Low.Value, 0, "availability");
        AtLeast(arm.SpeedSpread?.Low.Value, 0, "speed-spread");
        AtLeast(arm.OverSelection?.Low.Value, 1, "over-selection");
        AtLeast(arm.Expansion?.Low.Value, 1, "expansion");
        if (arm.Availability is { High.Value: > 1 } share)
        {
            refuse("availability", $"must be at most 1 (was {share})");
        }

        void Above(double? value, double bound, string field)
        {
            if (value <= bound)
            {
                refuse(field, $"must be more than {bound} (was {value})");
            }
        }

        void AtLeast(double? value, double bound, string field)
        {
            if (value < bound)
            {
                refuse(field, $"must be at least {bound} (was {value})");
            }
        }
    }
}
