using System.Text;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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

    internal static string Render(RunResult run, string? script)
    {
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportPage.Model)] = new ReportModel(run, script) });
        // Nothing in the page waits, so this returns without blocking on another thread.
        return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ReportPage>(parameters)).ToHtmlString()).GetAwaiter().GetResult();
    }
}
