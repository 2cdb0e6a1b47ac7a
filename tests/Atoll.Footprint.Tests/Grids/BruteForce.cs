namespace Atoll.Footprint.Tests.Grids;

/// <summary>Shifting by trying everything: no prefix sums, no queue, no tree. What the search is held against.</summary>
internal static class BruteForce
{
    public static (List<double> Now, List<double> Deferred, List<double> Interrupted) Search(double[] trace, double job, double slack)
    {
        List<double> now = [], deferred = [], interrupted = [];
        for (int i = 0; i < trace.Length - job; i++)
        {
            now.Add(Piece(trace, i, job));
            deferred.Add(Enumerable.Range(i, (int)slack + 1).Where(t => t + job <= trace.Length).Min(t => Piece(trace, t, job)));
            interrupted.Add(Cheapest(trace, i, job, slack));
        }
        return (now, deferred, interrupted);
    }

    private static double Piece(double[] trace, int from, double job)
    {
        double sum = 0;
        for (int step = from; step < from + job; step++)
        {
            sum += trace[step] * Math.Min(1, from + job - step);
        }
        return sum;
    }

    /// <summary>All of the window's steps, each with what of it lies in the window, the cheapest first.</summary>
    private static double Cheapest(double[] trace, int from, double job, double slack)
    {
        double end = Math.Min(from + job + slack, trace.Length), left = job, sum = 0;
        IEnumerable<(double Intensity, double Room)> window = Enumerable.Range(from, (int)Math.Ceiling(end) - from).Select(step => (trace[step], Math.Min(1, end - step)));
        foreach ((double intensity, double room) in window.OrderBy(step => step.Intensity))
        {
            double taken = Math.Min(room, left);
            sum += taken * intensity;
            left -= taken;
        }
        return sum;
    }
}
