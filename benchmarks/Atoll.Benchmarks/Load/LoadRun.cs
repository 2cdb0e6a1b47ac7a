using System.Diagnostics;
using System.Net.NetworkInformation;
using Atoll.Benchmarks.Live;
using Atoll.Experiments.Protocol;

namespace Atoll.Benchmarks.Load;

/// <summary>
/// Many sites at once at one coordinator, a process of <c>atoll serve</c>: all are enrolled and connected, and when each has its task and the model, all send their updates in the same
/// moment. Then what the coordinator kept is checked.
/// </summary>
internal static class LoadRun
{
    /// <summary>Enrolments at a time: people do not join in the same second.</summary>
    private const int EnrollingAtOnce = 64;

    public static async Task<LoadOutcome> RunAsync(int count, int hidden, CancellationToken cancellation)
    {
        using LiveFolder folder = new(LoadExperiment.Text(hidden));
        string[] names = [.. Enumerable.Range(1, count).Select(i => $"site-{i:0000}")];
        (AtollProcess coordinator, Dictionary<string, JoinToken> tokens) = await AtollProcess.ServeAsync(folder.Path, names, cancellation);
        using AtollProcess serving = coordinator;
        using LoadAuthority authority = await LoadAuthority.FetchAsync(tokens[names[0]], cancellation);
        LoadSite[] sites = [.. names.Select((name, i) => new LoadSite(i, tokens[name], authority))];
        try
        {
            LoadOutcome outcome = await RunAsync(sites, tokens[names[0]].Url.Port, coordinator, cancellation);
            Array.ForEach(sites, site => site.Dispose()); // the coordinator waits until all are gone
            await coordinator.EndAsync(cancellation);
            await LoadCheck.RequireAsync(folder, names, outcome.Model, cancellation);
            return outcome;
        }
        finally
        {
            Array.ForEach(sites, site => site.Dispose());
        }
    }

    private static async Task<LoadOutcome> RunAsync(LoadSite[] sites, int port, AtollProcess coordinator, CancellationToken cancellation)
    {
        long idle = coordinator.ResidentBytes;
        int again = LoadConnection.Again;
        Stopwatch clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(sites, new ParallelOptions { MaxDegreeOfParallelism = EnrollingAtOnce, CancellationToken = cancellation }, async (site, ended) => await site.EnrolAsync(ended));
        double enrolled = Lap(clock);
        await Task.WhenAll(sites.Select(site => site.TakeTaskAsync(cancellation)));
        double prepared = Lap(clock);

        long bytes = sites[0].Task!.Bytes;
        byte[][] models = await Task.WhenAll(sites.Select((site, i) => site.FetchModelAsync(i == 0 ? (int)bytes : 0, cancellation)));
        double fetched = Lap(clock);
        LoadModel model = LoadModel.Read(models[0]);
        LoadBodies bodies = new(model.Weights.Length);
        Parallel.ForEach(sites, site => site.Compose(bodies));
        int connected = Connected(port);

        double before = coordinator.ProcessorSeconds, own = Environment.CpuUsage.TotalTime.TotalSeconds;
        clock.Restart();
        await Task.WhenAll(sites.Select(site => Task.Run(() => site.SendAsync(bodies, cancellation), cancellation)));
        double sent = Lap(clock);
        double took = coordinator.ProcessorSeconds - before;
        own = Environment.CpuUsage.TotalTime.TotalSeconds - own;
        await Task.WhenAll(sites.Select(site => site.FinishAsync(cancellation)));
        return new()
        {
            Sites = sites.Length,
            Model = model,
            UpdateBytes = bodies.Bytes,
            Connections = connected,
            IdleBytes = idle,
            PeakBytes = coordinator.PeakBytes,
            EnrolSeconds = enrolled,
            PrepareSeconds = prepared,
            FetchSeconds = fetched,
            SendSeconds = sent,
            FinishSeconds = Lap(clock),
            CoordinatorSeconds = took,
            OwnSeconds = own,
            Again = LoadConnection.Again - again,
        };
    }

    private static double Lap(Stopwatch clock)
    {
        double seconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        return seconds;
    }

    /// <summary>Connections that this machine holds to the coordinator.</summary>
    private static int Connected(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.State == TcpState.Established && connection.RemoteEndPoint.Port == port);
}
