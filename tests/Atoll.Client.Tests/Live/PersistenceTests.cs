using System.Collections.Concurrent;
using System.Net;
using Atoll.Client.Live.Connection;

namespace Atoll.Client.Tests.Live;

/// <summary>How often, and after how long, a request is made again.</summary>
public sealed class PersistenceTests
{
    private readonly Backoff _backoff = new() { First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(8) };
    private readonly List<string> _told = [];

    [Fact]
    public void Waits_are_drawn_from_nothing_up_to_a_bound_that_doubles()
    {
        Random random = new(3);
        for (int failures = 0; failures < 70; failures++)
        {
            double bound = Math.Min(8, Math.Pow(2, failures));
            double[] waits = [.. Enumerable.Range(0, 200).Select(_ => _backoff.Wait(failures, random).TotalSeconds)];
            waits.ShouldAllBe(wait => wait >= 0 && wait <= bound);
            waits.Average().ShouldBe(bound / 2, bound / 8);
        }
    }

    [Fact]
    public async Task A_request_is_made_until_it_succeeds()
    {
        NoWaiting time = new();
        Persistence persistence = new(_backoff, new(1), time, _told.Add);

        int answer = await persistence.TryAsync(failures => failures < 40 ? throw new HttpRequestException("no route to host") : Task.FromResult(failures), CancellationToken.None);

        answer.ShouldBe(40);
        time.Waits.Count.ShouldBe(40);
        _told.ShouldBe(["The coordinator cannot be reached (no route to host); trying again until it can.", "The coordinator answers again."]);
    }

    [Fact]
    public async Task A_full_disk_is_not_the_coordinators()
    {
        const int NoSpaceLeft = 28;

        await new Persistence(_backoff, new(1), new NoWaiting(), _told.Add).TryAsync(
            failures => failures < 2 ? throw new IOException("No space left on device", NoSpaceLeft) : Task.FromResult(0), CancellationToken.None);

        _told.ShouldBe(["This machine does not let the site go on (No space left on device); trying again until it does.", "The site goes on."]);
    }

    [Fact]
    public async Task A_coordinator_that_asks_for_time_gets_it()
    {
        NoWaiting time = new();

        await new Persistence(_backoff, new(1), time, _told.Add).TryAsync(
            failures => failures == 0 ? throw new TransientException("busy", TimeSpan.FromMinutes(1)) : Task.FromResult(0), CancellationToken.None);

        time.Waits.Single().ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_refusal_ends_it()
    {
        int attempts = 0;

        await Should.ThrowAsync<CoordinatorRefusedException>(() => new Persistence(_backoff, new(1), new NoWaiting(), _told.Add).TryAsync<int>(_ =>
        {
            attempts++;
            throw new CoordinatorRefusedException(HttpStatusCode.Forbidden, "token-used", "used");
        }, CancellationToken.None));

        attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_cancels_does_not_wait()
    {
        using CancellationTokenSource stop = new();
        Persistence persistence = new(_backoff, new(1), TimeProvider.System, _ => stop.Cancel());

        await Should.ThrowAsync<OperationCanceledException>(() => persistence.TryAsync<int>(_ => throw new TransientException("busy", TimeSpan.FromHours(1)), stop.Token));
    }

    /// <summary>Every wait is over at once, and noted.</summary>
    private sealed class NoWaiting : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
