using System.Text;
using Atoll.Dashboard.Pages;
using Atoll.Experiments;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>Writes a plan as one stand-alone page that opens from a file, offline.</summary>
public static class PlanReportWriter
{
    /// <summary>Writes the page whole or not at all: a full disk never leaves half a page or loses the one before.</summary>
    /// <exception cref="IOException">The page cannot be written there.</exception>
    public static void Write(PlanResult plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Encoding.UTF8.GetBytes(Render(plan)));
    }

    /// <summary>The page as text.</summary>
    public static string Render(PlanResult plan) => Render(plan, Viewer.Script);

    internal static string Render(PlanResult plan, string? script) => PageText.Of<PlanPage>(new PlanModel(plan, script));
}
