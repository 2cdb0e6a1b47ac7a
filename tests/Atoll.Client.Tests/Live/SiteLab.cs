using System.Collections.Concurrent;
using Atoll.Client.Live;
using Atoll.Experiments.Protocol;

namespace Atoll.Client.Tests.Live;

/// <summary>A site in a folder of its own, beside a coordinator with a script.</summary>
internal sealed class SiteLab : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-site-").FullName;

    private SiteLab(TestCoordinator coordinator) => Coordinator = coordinator;

    public TestCoordinator Coordinator { get; }

    public ConcurrentQueue<SiteNews> News { get; } = new();

    public string State => Path.Combine(_folder, "state");

    public string DataFile => Path.Combine(_folder, "rows.csv");

    public SiteSettings Settings => field ??= new()
    {
        Backoff = new() { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(5) }, Random = new(1), Tell = News.Enqueue, Client = "test",
    };

    public static async Task<SiteLab> OpenAsync()
    {
        SiteLab lab = new(await TestCoordinator.StartAsync());
        lab.Coordinator.Experiment = FewRows.Experiment;
        File.WriteAllText(lab.DataFile, "a,b,y\n1,0.5,1\n");
        return lab;
    }

    /// <summary>The operator agrees.</summary>
    public async Task AcceptAsync(JoinToken? token = null)
    {
        using SiteInvitation invitation = await SiteInvitation.OpenAsync(token ?? Coordinator.Token, Settings, CancellationToken.None);
        invitation.Accept(State, [DataFile], null);
    }

    public async Task<SiteOutcome> RunAsync(SiteSettings? settings = null, Uri? moved = null, CancellationToken cancellation = default)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromMinutes(2)); // a site tries for ever, a test does not
        using SiteSession session = new(State, settings ?? Settings, moved);
        return await session.RunAsync((_, _) => new FewRows(), late.Token);
    }

    public void Script(params Work[] works)
    {
        foreach (Work work in works)
        {
            Coordinator.Script.Enqueue(work);
        }
        Coordinator.Script.Enqueue(new EndWork { Finished = true, Reason = "all rounds are done." });
    }

    public static PrepareWork Prepare => new() { Schemas = FewRows.Schemas };

    public async ValueTask DisposeAsync()
    {
        await Coordinator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
