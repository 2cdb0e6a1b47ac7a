using Microsoft.Playwright;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>A page open in the browser, and everything it complained of or asked the network for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private const int PictureAttempts = 4;

    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and violations of the content security policy, which Chromium reports to the console.</summary>
    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public static async Task<OpenPage> OpenAsync(IBrowserContext context, string path)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        await open.Page.GotoAsync(new Uri(path).AbsoluteUri);
        return open;
    }

    /// <summary>Keeps the whole page in <see cref="Artifacts.Screenshots"/>, to be looked at.</summary>
    public Task KeepAsync(string name) => TakeAsync(path => Page.ScreenshotAsync(new() { Path = path, FullPage = true }), name);

    /// <summary>Keeps what the screen shows without scrolling.</summary>
    public Task KeepScreenAsync(string name) => TakeAsync(path => Page.ScreenshotAsync(new() { Path = path }), name);

    /// <summary>Keeps one part of the page.</summary>
    public Task KeepPartAsync(string selector, string name) => TakeAsync(path => Page.Locator(selector).ScreenshotAsync(new() { Path = path }), name);

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    /// <summary>Once, on a busy machine, Chromium took no picture of a page within its 30 s, for no reason that could be found: so it is asked again. A page that hangs fails the test all the same.</summary>
    private static async Task TakeAsync(Func<string, Task> take, string name)
    {
        var path = Path.Combine(Artifacts.Screenshots, $"{name}.png");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await take(path);
                return;
            }
            catch (TimeoutException) when (attempt < PictureAttempts)
            {
                Console.Error.WriteLine($"Chromium did not take the picture {name}; it is asked again.");
            }
        }
    }
}
