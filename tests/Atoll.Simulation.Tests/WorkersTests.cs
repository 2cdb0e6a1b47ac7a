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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_failure_is_not_taken_for_a_cancellation(int threads)
    {
        using CancellationTokenSource source = new();

        Should.Throw<InvalidDataException>(() => Workers.Run(10, threads, (_, piece) =>
        {
            if (piece == 0)
            {
                source.Cancel();
                throw new InvalidDataException("disk");
            }
            source.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            throw new OperationCanceledException(source.Token);
        }, source.Token)).Message.ShouldBe("disk");
    }

    [Fact]
    public void Of_two_failures_the_first_pieces_comes_out_though_the_other_was_sooner()
    {
        using ManualResetEventSlim secondFailed = new();

        Should.Throw<InvalidDataException>(() => Workers.Run(2, threads: 2, (_, piece) =>
        {
            if (piece == 0)
            {
                secondFailed.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            }
            else
            {
                secondFailed.Set();
            }
            throw new InvalidDataException($"piece {piece}");
        }, CancellationToken.None)).Message.ShouldBe("piece 0");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_a_failure_nothing_more_is_begun(int threads)
    {
        int begun = 0;
        using ManualResetEventSlim failed = new();

        Should.Throw<InvalidDataException>(() => Workers.Run(1000, threads, (_, piece) =>
        {
            Interlocked.Increment(ref begun);
            if (piece == 0)
            {
                failed.Set();
                throw new InvalidDataException("piece");
            }
            failed.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            Thread.Sleep(20); // the failure is on its way
        }, CancellationToken.None));

        begun.ShouldBeLessThan(50);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure() =>
        Should.Throw<OperationCanceledException>(() => Workers.Run(3, 2, (_, _) => throw new OperationCanceledException("its own"), CancellationToken.None)).Message.ShouldBe("its own");
}
