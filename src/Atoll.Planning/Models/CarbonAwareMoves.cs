using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>What it takes to move a checkpoint between the sites of an arm.</summary>
internal sealed class CarbonAwareMoves
{
    private readonly WorkloadInputs _workload;
    private readonly Route?[,] _routes;
    private readonly int _bitsIndex;

    private CarbonAwareMoves(WorkloadInputs workload, Route?[,] routes, int bitsIndex) => (_workload, _routes, _bitsIndex) = (workload, routes, bitsIndex);

    public LinkInputs[] Links => [.. _routes.Cast<Route?>().OfType<Route>().SelectMany(r => r.Hops).Select(h => h.Link).Distinct()];

    public int BitsIndex => _bitsIndex;

    /// <summary>Null where something was refused.</summary>
    public static CarbonAwareMoves? Of(IReadOnlyList<SiteInputs> sites, ArmContext context)
    {
        if (sites.Count < 2)
        {
            context.Refuse("strategy", "must be defer or interrupt where there is one site: a job migrates between several");
            return null;
        }
        if (!context.Workload.KnowsParameters)
        {
            context.Refuse("strategy", "needs workload.parameters: what moves is a checkpoint of the model");
            return null;
        }
        Route?[,] routes = new Route?[sites.Count, sites.Count];
        for (int from = 0; from < sites.Count; from++)
        {
            for (int to = 0; to < sites.Count; to++)
            {
                routes[from, to] = from == to ? null : context.Network.Between(sites[from].Name, sites[to].Name);
            }
        }
        string[] alone = [.. sites.Where((_, i) => Enumerable.Range(0, sites.Count).All(j => routes[i, j] is null)).Select(s => s.Name)];
        if (alone.Length > 0)
        {
            context.Refuse("sites", $"must be linked where a job migrates between them: no links lead to {string.Join(" and ", alone)}");
            return null;
        }
        // 32-bit weights and the two moments of Adam.
        int bits = context.Inputs.Add<Count>(context.Path("checkpoint-bits"), 96 * Count.One, new()
        {
            Basis = Footprint.Provenance.Basis.Assumed,
            Source = "bits of a checkpoint for each parameter: 32-bit weights and the two moments of Adam",
        });
        return new(context.Workload, routes, bits);
    }

    public double Bits(ReadOnlySpan<double> x) => x[_bitsIndex] * _workload.Parameters(x);

    /// <summary>Seconds; NaN where no way leads.</summary>
    public double Seconds(ReadOnlySpan<double> x, int from, int to) => _routes[from, to] is { } route ? Bits(x) / route.Bandwidth(x) + route.Latency(x) : double.NaN;

    /// <summary>Of one move.</summary>
    public double Grams(ReadOnlySpan<double> x, int from, int to)
    {
        double grams = 0;
        foreach (Hop hop in _routes[from, to]?.Hops ?? [])
        {
            LinkInputs link = hop.Link;
            Quantity<CarbonIntensity> ends = new(link.To is { } other ? (x[link.From.GridIndex] + x[other.GridIndex]) / 2 : x[link.From.GridIndex]);
            grams += OperationalCarbon.LocationBased(NetworkEnergy.Of(new Quantity<Data>(Bits(x)), new Quantity<DataEnergy>(x[link.EnergyIndex])), ends).Value;
        }
        return grams;
    }

    /// <summary>What so many moves take of the links.</summary>
    public LinkUse[] Uses(ReadOnlySpan<double> x, double[,] moves)
    {
        double bits = Bits(x);
        List<LinkUse> uses = [];
        for (int from = 0; from < moves.GetLength(0); from++)
        {
            for (int to = 0; to < moves.GetLength(1); to++)
            {
                if (moves[from, to] > 0)
                {
                    double all = moves[from, to] * bits, held = moves[from, to] * Seconds(x, from, to);
                    uses.AddRange(_routes[from, to]!.Hops.Select(hop => new LinkUse(hop.Link, hop.IsUp ? all : 0, hop.IsUp ? 0 : all, held)));
                }
            }
        }
        return [.. uses];
    }
}
