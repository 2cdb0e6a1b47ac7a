using System.Diagnostics;

namespace Atoll.Benchmarks.Machine;

/// <summary>The fastest that files are written and flushed to the disk of temporary files: several at a time, each as large as an update of a million parameters.</summary>
internal static class DiskRate
{
    private const int FileBytes = 4 << 20, Files = 64, QuickFiles = 8, Writers = 8, Tries = 3;

    /// <summary>Bytes/s on the wall, the best of several tries.</summary>
    public static double Measure(bool quick)
    {
        int files = quick ? QuickFiles : Files;
        byte[] content = new byte[FileBytes];
        Random.Shared.NextBytes(content);
        double best = 0;
        for (int i = 0; i < Tries; i++)
        {
            string folder = Directory.CreateTempSubdirectory("atoll-bench-").FullName;
            try
            {
                long start = Stopwatch.GetTimestamp();
                Parallel.For(0, files, new() { MaxDegreeOfParallelism = Writers }, file =>
                {
                    using FileStream stream = new(Path.Combine(folder, $"{file}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
                    stream.Write(content);
                    stream.Flush(flushToDisk: true);
                });
                best = Math.Max(best, (double)files * FileBytes / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        return best;
    }
}
