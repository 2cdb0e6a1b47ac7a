using Spectre.Console;
using Spectre.Console.Rendering;

namespace Atoll.Cli.Running;

/// <summary>The latest figures beside an arm's bar.</summary>
internal sealed class FiguresColumn(int width) : ProgressColumn
{
    private const string Key = "figures";

    protected override bool NoWrap => true;

    public override int? GetColumnWidth(RenderOptions options) => width;

    /// <param name="figures">The same said ever shorter: the first that fits is shown.</param>
    public static void Set(ProgressTask task, params string[] figures) => task.State.Update<Figures>(Key, _ => new(figures));

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Fitting(task.State.Get<Figures>(Key).Texts ?? [""], width));

    internal static string Fitting(string[] texts, int width) =>
        texts.FirstOrDefault(text => text.Length <= width) ?? texts[^1][..(width - 1)] + "…";

    /// <summary>A task keeps values only.</summary>
    private readonly record struct Figures(string[]? Texts);
}
