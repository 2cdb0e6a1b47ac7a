using Atoll.Planning.Inputs;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>How a federated arm's outputs come from inputs, in words.</summary>
internal static class FederatedFormulas
{
    private const string OrderStatistics = "David and Nagaraja, Order Statistics, 2.1.6", GreenFl = "Yousefpour et al. 2023, Green Federated Learning, arXiv 2303.14604";

    public static IReadOnlyList<Formula> Of(ArmContext context, FederatedInputs inputs, IReadOnlyList<ServerRoute> routes, SiteInputs? coordinator, bool isSecure)
    {
        InputTable table = context.Inputs;
        SiteInputs[] sites = [.. routes.Select(r => r.Site)], all = coordinator is null ? sites : [.. sites.Append(coordinator).DistinctBy(s => s.Name)];
        LinkInputs[] links = [.. routes.SelectMany(r => r.Links).DistinctBy(l => l.Name)];
        string[] pace = AccountFormulas.Paths(table, [.. inputs.Pace, .. context.Workload.Indices, .. sites.Select(s => s.ClientsIndex), .. sites.Select(s => s.DataIndex)]);
        string[] rates = AccountFormulas.Paths(table, [.. sites.SelectMany(s => s.RateIndices)]);
        string[] luck = AccountFormulas.Paths(table, inputs.Luck), sizes = AccountFormulas.Paths(table, inputs.Sizes);
        string[] network = AccountFormulas.Paths(table, [.. links.SelectMany(l => l.TimeIndices)]);
        string[] server = AccountFormulas.Paths(table, [inputs.ServerPowerIndex, inputs.ServerPueIndex]);
        string[] round = [.. pace, .. rates, .. luck, .. sizes, .. network];
        string up = isSecure
            ? "parameters / compression × width of the sum + keys and shares of each pair of clients (Bonawitz et al. 2017)"
            : "parameters × bits / compression";
        return
        [
            new() { Output = "compute-hours", Text = "rounds × mean work of the clients that a round counts: operations of its local steps or epochs / (rate of a client), times its speed", Inputs = [.. pace, .. rates, .. luck] },
            new()
            {
                Output = "exposed-communication-hours",
                Text = $"rounds × (bits down / bandwidth + bits up / bandwidth + round trip), on lines shared with the round's other clients; bits up: {up}, × expansion",
                Source = isSecure ? "Bonawitz et al. 2017, doi 10.1145/3133956.3133982" : "",
                Inputs = [.. pace, .. sizes, .. network],
            },
            new() { Output = "hidden-communication-hours", Text = "0: a client exchanges before and after its work", Inputs = [] },
            new() { Output = "waiting-hours", Text = "rounds × (time of a round − mean time of the clients that it counts)", Source = OrderStatistics, Inputs = round },
            new()
            {
                Output = "wall-clock-hours",
                Text = "rounds × mean time of the k-th of m clients to finish: k needed, m = asked × availability, times log-normal; all are waited for where all are asked",
                Source = OrderStatistics,
                Inputs = round,
            },
            new() { Output = "utilization", Text = "mean work of a client that a round counts / time of the round", Source = OrderStatistics, Inputs = round },
            new() { Output = "loss-ratio", Text = "none: no published law gives the loss of federated averaging on other people's data", Inputs = [] },
            .. AccountFormulas.Of(table, all, links).Select(f => f.Output == "energy-kwh.overhead" && coordinator?.Hardware is null
                ? f with { Text = f.Text + "; and the coordinator's server", Source = $"{f.Source}; {GreenFl}", Inputs = [.. f.Inputs, .. server] }
                : f),
        ];
    }
}
