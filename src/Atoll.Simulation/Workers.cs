using System.Runtime.ExceptionServices;

namespace Atoll.Simulation;

/// <summary>Spreads independent pieces of work over threads. Which thread does which piece is left to chance, so results must not depend on it.</summary>
internal static class Workers
{
    /// <summary>
    /// Calls <paramref name="work"/> once for each of <paramref name="count"/> pieces, with the number of the worker that does it. Once a piece fails or is
    /// cancelled, no other is begun.
    /// </summary>
    /// <remarks>
    /// Pieces are begun in order and ended once begun, so all before a failed one are tried: which failure comes out does not depend on the threads either.
    /// A failure goes before a cancellation, lest it be taken for one.
    /// </remarks>
    /// <exception cref="Exception">What the first of the failed pieces threw, as it is.</exception>
    /// <exception cref="OperationCanceledException">None failed, but not all were done.</exception>
    public static void Run(int count, int threads, Action<int, int> work, CancellationToken cancellation)
    {
        int next = -1, workers = Math.Min(threads, count);
        bool stop = false;
        Lock gate = new();
        (int Piece, ExceptionDispatchInfo Fault)? first = null;
        void Work(int worker)
        {
            for (int piece; !Volatile.Read(ref stop) && (piece = Interlocked.Increment(ref next)) < count;)
            {
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    work(worker, piece);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    Volatile.Write(ref stop, true);
                }
                catch (Exception fault)
                {
                    Volatile.Write(ref stop, true);
                    lock (gate)
                    {
                        first = first is { } other && other.Piece < piece ? other : (piece, ExceptionDispatchInfo.Capture(fault));
                    }
                }
            }
        }

        if (workers <= 1)
        {
            Work(0);
        }
        else
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, Work);
        }
        first?.Fault.Throw();
        if (stop)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
