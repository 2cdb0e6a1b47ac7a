using Spectre.Console;
using Spectre.Console.Rendering;

namespace Atoll.Cli.Running;

/// <summary>The latest figures beside an arm's bar.</summary>
internal sealed class FiguresColumn : ProgressColumn
{
    private const string Key = "figures";

    protected override bool NoWrap => true;

    public static void Set(ProgressTask task, string figures) => task.State.Update<string>(Key, _ => figures);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.State.Get<string>(Key) ?? "", Style.Plain).LeftJustified();
}
