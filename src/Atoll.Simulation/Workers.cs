namespace Atoll.Simulation;

/// <summary>Spreads independent pieces of work over threads. Which thread does which piece is left to chance, so results must not depend on it.</summary>
internal static class Workers
{
    /// <summary>Calls <paramref name="work"/> once for each of <paramref name="count"/> pieces, with the number of the worker that does it.</summary>
    public static void Run(int count, int threads, Action<int, int> work, CancellationToken cancellation)
    {
        int next = -1, workers = Math.Min(threads, count);
        void Work(int worker)
        {
            for (int piece; (piece = Interlocked.Increment(ref next)) < count;)
            {
                cancellation.ThrowIfCancellationRequested();
                work(worker, piece);
            }
        }

        if (workers <= 1)
        {
            Work(0);
            return;
        }
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, Work);
        }
        catch (AggregateException several)
        {
            cancellation.ThrowIfCancellationRequested();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
