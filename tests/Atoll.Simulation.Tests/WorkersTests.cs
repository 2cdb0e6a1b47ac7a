using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Simulation.Tests;

public sealed class WorkersTests
{
    [Fact]
    public void Every_piece_is_done_once_and_no_worker_does_two_at_a_time() => Prop.ForAll(
        Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), (count, threads) =>
        {
            int[] done = new int[count], busy = new int[threads];
            bool overlapped = false;
            Workers.Run(count, threads, (worker, piece) =>
            {
                overlapped |= Interlocked.Increment(ref busy[worker]) != 1;
                Interlocked.Increment(ref done[piece]);
                Interlocked.Decrement(ref busy[worker]);
            }, CancellationToken.None);
            return !overlapped && done.All(times => times == 1);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_piece_throws_comes_out_as_it_is(int threads) =>
        Should.Throw<InvalidDataException>(() => Workers.Run(20, threads, (_, piece) =>
        {
            if (piece % 7 == 3)
            {
                throw new InvalidDataException("piece");
            }
        }, CancellationToken.None)).StackTrace.ShouldNotBeNull().ShouldContain(nameof(What_a_piece_throws_comes_out_as_it_is));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancelling_leaves_the_rest_undone(int threads)
    {
        using CancellationTokenSource source = new();
        int done = 0;

        Should.Throw<OperationCanceledException>(() => Workers.Run(1000, threads, (_, _) =>
        {
            if (Interlocked.Increment(ref done) == 5)
            {
                source.Cancel();
            }
        }, source.Token)).CancellationToken.ShouldBe(source.Token);

        done.ShouldBeLessThan(1000);
    }
}
