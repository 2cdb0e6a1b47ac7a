using Microsoft.Playwright;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>A page open in the browser, and everything it complained of or asked the network for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
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

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
