using Atoll.Coordinator.Live;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Tests.Live;

/// <summary>One body may be two updates', of a round that lets it go and of one that it comes in.</summary>
public sealed class UpdateBodiesTests
{
    private readonly Digest _body = Digest.Of([1, 2, 3]);
    private readonly SlowBlobs _blobs = new();
    private readonly HashSet<Digest> _needed = [];
    private readonly UpdateBodies _bodies;

    public UpdateBodiesTests() => _bodies = new(_blobs, _needed.Contains);

    [Fact]
    public async Task What_is_going_is_gone_before_it_is_kept_anew()
    {
        _blobs.Kept.Add(_body);
        TaskCompletionSource slow = _blobs.Slow();
        Task<bool> going = _bodies.LetGoAsync(_body, default);
        Task keeping = _bodies.KeepAsync(_body, "file", Record);
        keeping.IsCompleted.ShouldBeFalse();

        slow.SetResult();

        (await going).ShouldBeTrue();
        await keeping;
        _blobs.Kept.ShouldBe([_body]);
    }

    [Fact]
    public async Task What_is_being_taken_in_does_not_go()
    {
        TaskCompletionSource recorded = new();
        Task keeping = _bodies.KeepAsync(_body, "file", async () =>
        {
            await recorded.Task;
            return await Record();
        });

        (await _bodies.LetGoAsync(_body, default)).ShouldBeFalse();
        recorded.SetResult();
        await keeping;
        _blobs.Kept.ShouldBe([_body]);
        (await _bodies.LetGoAsync(_body, default)).ShouldBeTrue();
        _blobs.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_ledger_needs_does_not_go()
    {
        _blobs.Kept.Add(_body);
        _needed.Add(_body);

        (await _bodies.LetGoAsync(_body, default)).ShouldBeFalse();

        _blobs.Kept.ShouldBe([_body]);
    }

    private static Task<Ledger.Entries.LedgerEntry> Record() => Task.FromResult<Ledger.Entries.LedgerEntry>(null!);

    private sealed class SlowBlobs : IBlobStore
    {
        private Task _delay = Task.CompletedTask;

        public HashSet<Digest> Kept { get; } = [];

        public TaskCompletionSource Slow()
        {
            TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _delay = slow.Task;
            return slow;
        }

        public Task PutAsync(Digest name, string file, CancellationToken cancellation)
        {
            Kept.Add(name);
            return Task.CompletedTask;
        }

        public Task<Stream?> OpenAsync(Digest name, CancellationToken cancellation) => throw new NotSupportedException();

        public async Task DeleteAsync(Digest name, CancellationToken cancellation)
        {
            await _delay;
            Kept.Remove(name);
        }

        public Task KeepOnlyAsync(IReadOnlyCollection<Digest> names, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
