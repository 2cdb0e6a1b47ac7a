using Atoll.Coordinator.Live;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Verification;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests.Live;

/// <summary>Runs experiments across sites in this process: the engine of a live run, without a network.</summary>
internal sealed class LiveLab : IDisposable
{
    private readonly Lab _lab = new();
    private readonly SigningKey _key = SigningKey.Create();

    public LiveLab(string arms, string top = "")
    {
        Experiment = _lab.ThreeClasses($"centralized: {{ kind: centralized, epochs: 1 }}\n  {arms}", top);
        FederatedArm arm = Experiment.Arms.Values.OfType<FederatedArm>().First();
        Table table = CsvFile.Read(arm.Data.Csv!);
        Directory.CreateDirectory(_lab["uploads"]);
        Sites = [.. SiteTables.Of(table, arm.Data, arm.Partition, Experiment.Seed).Select((rows, i) => new LiveSite(rows.Name, i, rows, _lab["uploads"]))];
    }

    public Experiment Experiment { get; }

    public IReadOnlyList<LiveSite> Sites { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string this[params string[] parts] => _lab[parts];

    /// <summary>The simulated run's models, as bytes, by arm.</summary>
    public Dictionary<string, string> Simulated()
    {
        string folder = _lab.NewFolder();
        _lab.Run(Experiment, folder);
        Dictionary<string, string> models = Lab.Models(folder);
        models.Remove("centralized");
        return models;
    }

    /// <summary>Awaited before a body is kept.</summary>
    public Func<Digest, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public async Task<OpenRun> OpenAsync(string folder, bool keepAll = false)
    {
        FileLedger store = await FileLedger.OpenAsync(_lab[folder, FileLedger.FileName]);
        IBlobStore blobs = new FileBlobs(_lab[folder, "blobs"]);
        try
        {
            LiveRun run = await LiveRun.OpenAsync(new()
            {
                Experiment = Experiment,
                Sites = [.. Sites.Select(site => site.Name)],
                Run = "tiny-1",
                Folder = _lab[folder],
                Key = _key,
                Store = store,
                Blobs = new Watched(this, blobs, keepAll),
                Version = "test",
                Time = Time,
            });
            return new(run, store);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>All sites join, where they have not, and work until the run is over.</summary>
    public async Task FinishAsync(LiveRun run)
    {
        await Task.WhenAll(Sites.Select(async site =>
        {
            if (run.KeyOf(site.Name) is null)
            {
                await site.JoinAsync(run);
            }
            await site.WorkAsync(run);
        })).WaitAsync(TimeSpan.FromMinutes(2));
        await run.Ended.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async Task<VerificationResult> VerifyAsync(string folder)
    {
        VerificationResult result = await new LedgerVerifier().VerifyAsync(_lab[folder, FileLedger.FileName]);
        result.Problem.ShouldBeNull();
        return result;
    }

    public Dictionary<string, string> Models(string folder) => Lab.Models(_lab[folder]);

    public void Dispose()
    {
        _lab.Dispose();
        _key.Dispose();
    }

    /// <summary>An open run with its ledger's file.</summary>
    internal sealed record OpenRun(LiveRun Run, FileLedger Store) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Run.DisposeAsync();
            await Store.DisposeAsync();
        }
    }

    /// <param name="keepAll">Keeps what the run lets go, so that it can be taken up at any entry again.</param>
    private sealed class Watched(LiveLab lab, IBlobStore blobs, bool keepAll) : IBlobStore
    {
        public async Task PutAsync(Digest name, string file, CancellationToken cancellation)
        {
            await lab.BeforePut(name);
            await blobs.PutAsync(name, file, cancellation);
        }

        public Task<Stream?> OpenAsync(Digest name, CancellationToken cancellation) => blobs.OpenAsync(name, cancellation);

        public Task DeleteAsync(Digest name, CancellationToken cancellation) => keepAll ? Task.CompletedTask : blobs.DeleteAsync(name, cancellation);

        public Task KeepOnlyAsync(IReadOnlyCollection<Digest> names, CancellationToken cancellation) => keepAll ? Task.CompletedTask : blobs.KeepOnlyAsync(names, cancellation);
    }
}
