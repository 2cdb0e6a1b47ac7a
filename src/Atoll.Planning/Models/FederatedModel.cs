using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>Clients train where their data are; in each round some get the model, train on, and send what changed to a coordinator.</summary>
/// <remarks>
/// <para>Time of a client: down + local work × its speed + up + round trip, on lines shared with the others that are at it. A round waits for as many clients as it
/// needs (<see cref="RoundTime"/>). Asked are more than needed, by over-selection or, if that is more, to make up for those that drop out.</para>
/// <para>Energy is that of all who were asked: a client that drops out has done half its work (assumed), one that comes too late has worked until the round closed.
/// Devices (phones, boards, laptops, desktops) are counted while they train and exchange; what stands in a facility is on and waits between its turns too.</para>
/// <para>With local-steps a step's batch is the workload's over the round's clients. Without rounds there are as many as bring the workload's steps or items.</para>
/// </remarks>
internal sealed class FederatedModel : IArmModel
{
    private readonly WorkloadInputs _workload;
    private readonly FederatedInputs _inputs;
    private readonly ServerRoute[] _routes;
    private readonly SiteInputs? _coordinator;
    private readonly bool _isSecure, _knowsData;

    private FederatedModel(ArmContext context, FederatedInputs inputs, ServerRoute[] routes, SiteInputs? coordinator, bool isSecure)
    {
        (_workload, _inputs, _routes, _coordinator, _isSecure) = (context.Workload, inputs, routes, coordinator, isSecure);
        _knowsData = routes.All(r => r.Site.DataIndex is not null);
        Formulas = FederatedFormulas.Of(context, inputs, routes, coordinator, isSecure);
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(Federated arm, ArmContext context)
    {
        SiteInputs? coordinator = arm.Coordinator is { } named ? context.Sites[named]
            : arm.Sites.All(s => context.Network.OwnWay(s) is not null) ? null
            : context.Sites[arm.Sites[0]];
        List<ServerRoute> routes = [];
        foreach (string name in arm.Sites)
        {
            if (ServerRoute.Between(context.Network, context.Sites[name], coordinator) is { } route)
            {
                routes.Add(route);
            }
            else
            {
                context.Refuse("sites", $"must all be linked with the coordinator: no links lead from {name} to {coordinator!.Name}");
            }
        }
        if (routes.Count < arm.Sites.Count || !KnowsWork(arm, context))
        {
            return null;
        }
        if (arm.Coordinator is null)
        {
            context.Notes.Add(coordinator is null
                ? $"Arm {context.ArmName} names no coordinator: its server is taken to have the electricity of {arm.Sites[0]}."
                : $"Arm {context.ArmName} names no coordinator: it is taken to be at {coordinator.Name}.");
        }
        FederatedInputs inputs = FederatedInputs.Of(arm, context);
        return (new FederatedModel(context, inputs, [.. routes], coordinator, arm.SecureAggregation), FederatedPrivacy.Of(arm, [.. routes.Select(r => r.Site)], coordinator));
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        double clients = 0;
        foreach (ServerRoute route in _routes)
        {
            clients += route.Site.Clients(x);
        }
        double needed = _inputs.ClientsIndex is { } given ? Math.Min(x[given], clients) : clients;
        bool isAll = needed >= clients;
        double availability = x[_inputs.AvailabilityIndex], spread = x[_inputs.SpreadIndex];
        double asked = isAll ? clients : Math.Min(clients, Math.Max(needed * x[_inputs.OverSelectionIndex], needed / availability));
        double finishing = asked * availability, awaited = isAll ? finishing : Math.Min(needed, finishing);
        double values = _workload.Parameters(x) / x[_inputs.CompressionIndex], bitsUp = x[_inputs.BitsUpIndex];
        double up = (_isSecure ? SecureAggregation.Up(asked, values, bitsUp) : values * bitsUp) * x[_inputs.ExpansionIndex];
        double down = _workload.Parameters(x) * x[_inputs.BitsDownIndex] + (_isSecure ? SecureAggregation.Down(asked) : 0);

        Span<ClientGroup> groups = stackalloc ClientGroup[_routes.Length];
        double operations = 0, items = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            SiteInputs site = _routes[i].Site;
            double here = asked * site.Clients(x) / clients, rate = site.Rate(x) / site.Clients(x);
            LocalWork work = Work(x, site, clients, needed, rate);
            groups[i] = new(here, _routes[i].Seconds(x, up, down, here, asked), work.Seconds);
            operations += site.Clients(x) / clients * awaited * work.Operations;
            items += site.Clients(x) / clients * awaited * work.Items;
        }
        double seconds = isAll ? RoundTime.Last(groups, availability, spread) : RoundTime.Kth(groups, awaited, finishing, spread);
        double rounds = _inputs.RoundsIndex is { } number ? x[number] : _workload.Items(x) is var all && !double.IsNaN(all) && !double.IsNaN(items) ? all / items : _workload.Steps(x) / x[_inputs.LocalStepsIndex!.Value];
        return Sum(x, new(rounds, seconds, up, down, availability, spread, isAll || awaited >= finishing), groups, rounds * operations);
    }

    private ArmOutcome Sum(ReadOnlySpan<double> x, in Rounds r, ReadOnlySpan<ClientGroup> groups, double operations)
    {
        double wall = r.Number * r.Seconds, counted = 0, computing = 0, exchanging = 0;
        List<SiteUse> sites = new(groups.Length + 1);
        LinkTally links = new(groups.Length + 1);
        for (int i = 0; i < groups.Length; i++)
        {
            ClientGroup group = groups[i];
            SiteInputs site = _routes[i].Site;
            double inTime = r.WaitsForAll ? 1 : group.DoneBy(r.Seconds, r.Spread);
            double work = r.WaitsForAll ? group.MeanWorkSeconds(r.Spread) : group.MeanTimesDoneBy(r.Seconds, r.Spread) - inTime * group.ExchangeSeconds;
            double late = (1 - inTime) * Math.Max(0, r.Seconds - group.ExchangeSeconds);
            counted += group.Clients * inTime;
            computing += group.Clients * work;
            exchanging += group.Clients * inTime * group.ExchangeSeconds;

            double perClient = r.Number * group.Clients / site.Clients(x); // rounds that a client is asked in
            double computes = perClient * (r.Availability * (work + late) + (1 - r.Availability) * group.MeanWorkSeconds(r.Spread) / 2);
            bool isDevice = site.Hardware!.Kind is not ("accelerator" or "server");
            double idle = isDevice ? perClient * group.ExchangeSeconds : Math.Max(0, wall - computes);
            sites.Add(new(site) { ComputeSeconds = computes, IdleSeconds = idle, HeldSeconds = isDevice ? computes + idle : wall });
            _routes[i].Count(links, r.Number * group.Clients * r.Availability * inTime * r.BitsUp, r.Number * group.Clients * r.BitsDown);
        }
        AddServer(x, sites, wall);
        ArmTimes times = new()
        {
            WallClockSeconds = wall,
            ComputeSeconds = r.Number * computing / counted,
            ExposedCommunicationSeconds = r.Number * exchanging / counted,
            WaitingSeconds = r.Number * Math.Max(0, r.Seconds - (computing + exchanging) / counted),
            Utilization = computing / counted / r.Seconds,
        };
        return Accounts.Of(x, times, operations, [.. sites], links.Held(wall));
    }

    /// <summary>The coordinator's own hardware, on all the time; or a server of the size that Green FL took.</summary>
    private void AddServer(ReadOnlySpan<double> x, List<SiteUse> sites, double wall)
    {
        double joules = x[_inputs.ServerPowerIndex] * wall;
        if (_coordinator is null)
        {
            double elsewhere = x[_inputs.ServerPueIndex] / _routes[0].Site.Pue(x); // a data centre's PUE, not that of the site whose grid it is on
            sites[0] = sites[0] with { OtherJoules = joules * elsewhere };
        }
        else if (!_routes.Any(r => r.Site.Name == _coordinator.Name))
        {
            bool hasHardware = _coordinator.Hardware is not null;
            sites.Add(new(_coordinator) { ComputeSeconds = 0, IdleSeconds = hasHardware ? wall : 0, HeldSeconds = hasHardware ? wall : 0, OtherJoules = hasHardware ? 0 : joules });
        }
    }

    /// <summary>What a client of a site does in a round.</summary>
    private LocalWork Work(ReadOnlySpan<double> x, SiteInputs site, double clients, double needed, double rate)
    {
        double itemsOfStep = _workload.Batch(x) / needed, items, operations, seconds;
        if (_inputs.LocalStepsIndex is { } steps)
        {
            items = x[steps] * itemsOfStep;
            operations = _workload.KnowsFlops ? x[steps] * _workload.Flops(x) / _workload.Steps(x) / needed : double.NaN;
            seconds = _workload.StepTimeIndex is { } stepTime ? x[steps] * x[stepTime] : operations / rate;
        }
        else
        {
            items = x[_inputs.LocalEpochsIndex!.Value] * _workload.ItemsOnce(x) * ShareOfData(x, site, clients) / site.Clients(x);
            operations = _workload.KnowsFlops ? items * _workload.Flops(x) / _workload.Items(x) : double.NaN;
            seconds = _workload.StepTimeIndex is { } stepTime ? items / itemsOfStep * x[stepTime] : operations / rate;
        }
        return new(items, double.IsNaN(operations) ? seconds * rate : operations, seconds);
    }

    /// <summary>By the data at the sites, where all tell theirs; else by their clients.</summary>
    private double ShareOfData(ReadOnlySpan<double> x, SiteInputs site, double clients)
    {
        double all = 0;
        for (int i = 0; _knowsData && i < _routes.Length; i++)
        {
            all += _routes[i].Site.Data(x);
        }
        return all > 0 ? site.Data(x) / all : site.Clients(x) / clients;
    }

    private static bool KnowsWork(Federated arm, ArmContext context)
    {
        WorkloadInputs workload = context.Workload;
        if (arm.LocalSteps is null)
        {
            bool knowsItems = workload.ItemsIndex is not null && (!workload.KnowsStepTime || workload.BatchIndex is not null);
            if (!knowsItems)
            {
                context.Refuse("sites", "need workload.samples or workload.tokens (with a batch, where step-time is given): passes over them are what clients do; or give local-steps");
            }
            return knowsItems;
        }
        if (!workload.KnowsSteps)
        {
            context.Refuse("local-steps", "needs workload.steps, or tokens or samples and their batch: they tell what one step is");
            return false;
        }
        double[] x = context.Inputs.Values();
        double clients = arm.Sites.Sum(s => context.Sites[s].Clients(x)), needed = Math.Min(arm.ClientsPerRound?.Value ?? clients, clients);
        if (workload.Batch(x) / needed < 1)
        {
            context.Refuse("local-steps", $"must leave a client at least one sample a step: the workload's batch of {workload.Batch(x):0} is spread over {needed:0} clients");
            return false;
        }
        return true;
    }

    private readonly record struct LocalWork(double Items, double Operations, double Seconds);

    private readonly record struct Rounds(double Number, double Seconds, double BitsUp, double BitsDown, double Availability, double Spread, bool WaitsForAll);
}
