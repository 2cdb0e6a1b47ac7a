namespace Atoll.Experiments.Yaml;

/// <summary>One value. Only a plain (unquoted) one can be anything but text.</summary>
internal sealed class ScalarNode(Place place, string text, bool isPlain) : Node(place)
{
    private const int LongestShown = 60;

    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    /// <summary>A value that was forgotten (<c>label:</c>) rather than taken away (<c>label: null</c>).</summary>
    public bool IsEmpty => IsPlain && Text.Length == 0;

    public override bool IsNull => IsPlain && CoreSchema.IsNull(Text);

    public override string Shown => IsEmpty ? "nothing" : IsPlain && !CoreSchema.IsText(Text) ? Text : $"\"{Short()}\"";

    private string Short() => Text.Length <= LongestShown ? Text : string.Concat(Text.AsSpan(0, LongestShown), "…");
}
