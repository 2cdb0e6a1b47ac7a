using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atoll.Dashboard.Pages;

/// <summary>A page component as text.</summary>
internal static class PageText
{
    /// <typeparam name="TPage">A component with one parameter, <c>Model</c>.</typeparam>
    public static string Of<TPage>(PageModel model) where TPage : IComponent
    {
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
        // Nothing in a page waits, so this returns without blocking on another thread.
        return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString()).GetAwaiter().GetResult();
    }
}
