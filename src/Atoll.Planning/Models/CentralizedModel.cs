using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>All at one site. Data that lie elsewhere are moved there once, over all links at the same time, before the training starts.</summary>
/// <remarks>
/// Compute = operations / (count × achieved rate) (Patterson et al. 2021, arXiv 2104.10350). Where the site's interconnect is given, each step waits for the
/// all-reduce of its gradients over the R accelerators, (2 × bits × N / W)(1 − 1/R) + ε ("Scaling Laws for DiLoCo", arXiv 2503.09799); it is ideal otherwise.
/// </remarks>
internal sealed class CentralizedModel : IArmModel
{
    private readonly WorkloadInputs _workload;
    private readonly SiteInputs _site;
    private readonly IReadOnlyList<Route> _moves;
    private readonly LinkInputs[] _links;

    private CentralizedModel(ArmContext context, SiteInputs site, IReadOnlyList<Route> moves)
    {
        (_workload, _site, _moves) = (context.Workload, site, moves);
        _links = [.. moves.SelectMany(m => m.Hops).Select(h => h.Link).Distinct()];
        Formulas = [.. TimeFormulas(context), .. AccountFormulas.Of(context.Inputs, [site], _links)];
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(Centralized arm, ArmContext context)
    {
        SiteInputs site = context.Sites[arm.Site];
        if (site.Interconnect is not null && !(context.Workload.KnowsParameters && context.Workload.KnowsSteps))
        {
            context.File.Refuse($"sites.{site.Name}.interconnect", "needs workload.parameters, and steps or a batch: what crosses it is the gradients of every step");
            return null;
        }
        List<Route> moves = [];
        foreach (SiteInputs other in context.Sites.Values.Where(s => s != site && s.DataIndex is not null))
        {
            if (context.Network.Between(other.Name, site.Name) is { } route)
            {
                moves.Add(route);
            }
            else
            {
                context.Refuse("site", $"must be linked with {other.Name}, whose data must be moved there: no links lead from {other.Name} to {site.Name}");
            }
        }
        return (new CentralizedModel(context, site, moves), Privacy(site, [.. moves.Select(m => m.From)]));
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        double rate = _site.Rate(x), compute = _workload.ComputeSeconds(x, rate), exchange = 0;
        if (_site.Interconnect is { } inside)
        {
            exchange = _workload.Steps(x) * inside.AllReduceSeconds(x, _workload.BitsPerParameter * _workload.Parameters(x), _site.Count(x));
        }
        Span<LinkUse> uses = new LinkUse[_links.Length];
        double movement = Move(x, uses);
        ArmTimes times = new()
        {
            WallClockSeconds = movement + compute + exchange,
            ComputeSeconds = compute,
            ExposedCommunicationSeconds = exchange,
            MovementSeconds = movement,
            Utilization = compute / (compute + exchange),
        };
        SiteUse use = new(_site) { ComputeSeconds = compute, IdleSeconds = exchange, HeldSeconds = compute + exchange };
        // The gradients are those of data-parallel training, and so is the loss.
        return Accounts.Of(x, times, _workload.Flops(x, rate), [use], uses, lossRatio: 1);
    }

    /// <summary>The link that takes longest sets the time: all move at once, and what shares a link shares its bandwidth.</summary>
    /// <returns>Seconds.</returns>
    private double Move(ReadOnlySpan<double> x, Span<LinkUse> uses)
    {
        double longest = 0, latency = 0;
        for (int i = 0; i < _links.Length; i++)
        {
            LinkInputs link = _links[i];
            double up = 0, down = 0;
            foreach (Route move in _moves)
            {
                foreach (Hop hop in move.Hops)
                {
                    if (hop.Link == link)
                    {
                        up += hop.IsUp ? move.From.Data(x) : 0;
                        down += hop.IsUp ? 0 : move.From.Data(x);
                    }
                }
            }
            double lines = link.Lines(x);
            longest = Math.Max(longest, Math.Max(up / (link.Up(x) * lines), down / (link.Down(x) * lines)));
            uses[i] = new(link, up, down, 0);
        }
        foreach (Route move in _moves)
        {
            latency = Math.Max(latency, move.Latency(x));
        }
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = uses[i] with { HeldSeconds = longest + latency };
        }
        return longest + latency;
    }

    private static PrivacyPlan Privacy(SiteInputs site, IReadOnlyList<SiteInputs> sources)
    {
        string from = string.Join(" and ", sources.Select(s => s.Name));
        string[] borders = [.. sources.Where(s => s.Country is not null && site.Country is not null && s.Country != site.Country)
            .Select(s => $"Raw data of {s.Name} cross a border, from {s.Country} to {site.Country}: rules on transfer abroad apply where they are personal (GDPR chapter V).")];
        return new()
        {
            RawData = sources.Count == 0 ? "nowhere" : $"from {from} to {site.Name}",
            Moves = sources.Count == 0 ? RawDataMovement.None : site.DataIndex is null ? RawDataMovement.All : RawDataMovement.Part,
            CoordinatorSees = sources.Count == 0 ? $"there is none: the data stay at {site.Name}" : $"all raw data, at {site.Name}",
            Facts = sources.Count == 0
                ? [$"Raw data stay at {site.Name}."]
                : [$"Raw data leave {from}: who holds {site.Name} becomes a processor or controller of them where they are personal (GDPR articles 26 and 28).", .. borders],
        };
    }

    private IEnumerable<Formula> TimeFormulas(ArmContext context)
    {
        string[] work = AccountFormulas.Paths(context.Inputs, _workload.Indices), rate = AccountFormulas.Paths(context.Inputs, _site.RateIndices);
        string[] inside = _site.Interconnect is { } i ? AccountFormulas.Paths(context.Inputs, [i.BandwidthIndex, i.LatencyIndex]) : [];
        string[] moved = AccountFormulas.Paths(context.Inputs, [.. _moves.Select(m => m.From.DataIndex), .. _links.SelectMany(l => l.TimeIndices)]);
        yield return new()
        {
            Output = "compute-hours",
            Text = _workload.KnowsStepTime ? "steps × step time" : _workload.FlopsIndex is not null ? "operations / (count × rate)" : "6 × parameters × tokens / (count × rate)",
            Source = "Patterson et al. 2021, arXiv 2104.10350",
            Inputs = [.. work, .. rate],
        };
        if (inside.Length > 0)
        {
            yield return new()
            {
                Output = "exposed-communication-hours",
                Text = "steps × ((2 × bits × parameters / bandwidth)(1 − 1/count) + latency)",
                Source = "Scaling Laws for DiLoCo, arXiv 2503.09799",
                Inputs = [.. work, .. inside, .. rate],
            };
        }
        if (moved.Length > 0)
        {
            yield return new() { Output = "movement-hours", Text = "data / bandwidth of the link that takes longest + latency", Inputs = moved };
        }
        yield return new() { Output = "wall-clock-hours", Text = "movement + computing + waiting for the network", Inputs = [.. work, .. rate, .. inside, .. moved] };
        yield return new() { Output = "utilization", Text = "computing / (computing + waiting for the network)", Inputs = [.. work, .. rate, .. inside] };
        yield return new() { Output = "loss-ratio", Text = "1: the same gradients as data-parallel training", Inputs = [] };
    }
}
