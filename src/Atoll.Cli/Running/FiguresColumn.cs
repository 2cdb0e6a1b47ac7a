using Spectre.Console;
using Spectre.Console.Rendering;

namespace Atoll.Cli.Running;

/// <summary>The latest figures beside an arm's bar.</summary>
internal sealed class FiguresColumn(int width) : ProgressColumn
{
    private const string Key = "figures";

    protected override bool NoWrap => true;

    public override int? GetColumnWidth(RenderOptions options) => width;

    public static void Set(ProgressTask task, string figures) => task.State.Update<Figures>(Key, _ => new(figures));

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Shortened(task.State.Get<Figures>(Key).Text ?? ""));

    private string Shortened(string text) => text.Length <= width ? text : text[..(width - 1)] + "…";

    /// <summary>A task keeps values only.</summary>
    private readonly record struct Figures(string? Text);
}
