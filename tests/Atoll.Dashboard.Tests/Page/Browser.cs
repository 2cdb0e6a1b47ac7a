using Atoll.Dashboard.Report;
using Microsoft.Playwright;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>Debian's Chromium, headless, without a network; one for all page tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is none; null when there is.</summary>
    public string? Missing { get; private set; }

    public async Task InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("ATOLL_CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium";
        if (!File.Exists(chromium))
        {
            Missing = $"Chromium was not found at {chromium}. Install it (apt-get install chromium) or set ATOLL_CHROMIUM to where it is.";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Skips where Chromium is missing, but on a build server a missing one is a failure.</summary>
    public void Need() => Need(Missing);

    /// <summary>As <see cref="Need()"/>, and the charts too.</summary>
    public void NeedWithCharts() =>
        Need(Missing ?? (ReportWriter.HasCharts ? null : "This build has no charts because Node was missing. Install Node 20.19 or later and build again."));

    private static void Need(string? missing)
    {
        if (missing is not null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(missing);
        }

        Skip.If(missing is not null, missing);
    }

    /// <summary>A page from a file, without a network.</summary>
    public Task<OpenPage> OpenAsync(string path, Screen screen) => OpenAsync(path, screen, isOffline: true);

    /// <summary>A page that a server on this machine has.</summary>
    public Task<OpenPage> OpenServedAsync(Uri address, Screen screen) => OpenAsync(address.AbsoluteUri, screen, isOffline: false);

    private async Task<OpenPage> OpenAsync(string path, Screen screen, bool isOffline)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            DeviceScaleFactor = screen.Scale,
            JavaScriptEnabled = screen.HasScript,
            Offline = isOffline,
            IgnoreHTTPSErrors = !isOffline, // a run's authority is its own: a browser asks, and people say that they believe it
        });
        return await OpenPage.OpenAsync(context, path);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
