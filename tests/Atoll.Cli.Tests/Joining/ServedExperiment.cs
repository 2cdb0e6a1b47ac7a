using System.Net;
using Atoll.Coordinator.Hosting;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Live;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Storage;

namespace Atoll.Cli.Tests.Joining;

/// <summary>The small experiment of <see cref="Samples"/>, served on a port of this machine to three sites with a file each.</summary>
internal sealed class ServedExperiment : IAsyncDisposable
{
    private readonly Shell _shell;
    private RunSecrets _secrets = null!;
    private FileLedger _store = null!;
    private CoordinatorHost _host = null!;

    private ServedExperiment(Shell shell) => _shell = shell;

    public LiveRun Run { get; private set; } = null!;

    public IReadOnlyDictionary<string, JoinToken> Tokens { get; private set; } = null!;

    public string Folder => _shell.At("served");

    public static async Task<ServedExperiment> StartAsync(Shell shell, string arms)
    {
        ServedExperiment served = new(shell);
        shell.Write("rows.csv", Samples.Csv);
        foreach (string site in new[] { "a", "b", "c" })
        {
            string[] rows = [.. Samples.Csv.Split('\n').Where(row => row.Contains($",{site},", StringComparison.Ordinal)).Select(row => row.Replace($",{site},", ",", StringComparison.Ordinal))];
            shell.Write($"{site}.csv", "x,y,kind\n" + string.Join('\n', rows) + "\n");
        }
        Experiment experiment = ExperimentFile.Read(shell.Write("e.yaml", Samples.Experiment(arms)));
        Directory.CreateDirectory(served.Folder);
        served._secrets = RunSecrets.Open(Path.Combine(served.Folder, "secrets"), "small-1", TimeProvider.System);
        served._store = await FileLedger.OpenAsync(Path.Combine(served.Folder, FileLedger.FileName));
        served.Run = await LiveRun.OpenAsync(new()
        {
            Experiment = experiment,
            Sites = ["a", "b", "c"],
            Run = "small-1",
            Folder = served.Folder,
            Key = served._secrets.SigningKey,
            Store = served._store,
            Blobs = new FileBlobs(Path.Combine(served.Folder, "blobs")),
            Version = "test",
        });
        served._host = await CoordinatorHost.StartAsync(served.Run, served._secrets, new() { Listen = new(IPAddress.Loopback, 0), UploadFolder = Path.Combine(served.Folder, "uploads") }, CancellationToken.None);
        Uri url = new($"https://127.0.0.1:{served._host.Port}");
        served.Tokens = served._secrets.Invite(["a", "b", "c"], url, TimeSpan.FromHours(1)).ToDictionary(token => token.Site);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Run.DisposeAsync();
        await _store.DisposeAsync();
        _secrets.Dispose();
    }
}
