using System.Text;
using Atoll.Dashboard.Pages;
using Atoll.Experiments;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>Writes a run as one stand-alone page that opens from a file, offline.</summary>
public static class ReportWriter
{
    /// <summary>Whether the pages have charts; they have tables alone where Node was missing when this program was built.</summary>
    public static bool HasCharts => Viewer.Script is not null;

    /// <summary>Writes the page whole or not at all: a full disk never leaves half a page or loses the one before.</summary>
    /// <exception cref="IOException">The page cannot be written there.</exception>
    public static void Write(RunResult run, string path)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Encoding.UTF8.GetBytes(Render(run)));
    }

    /// <summary>The page as text.</summary>
    public static string Render(RunResult run) => Render(run, Viewer.Script);

    internal static string Render(RunResult run, string? script) => PageText.Of<ReportPage>(new ReportModel(run, script));
}
