namespace Atoll.Experiments.Yaml;

/// <summary>Where something stands in a file. Lines and columns count from 1.</summary>
/// <param name="Path">The field as written: <c>arms.fedprox.local-objective.mu</c>. Empty for the document itself.</param>
internal readonly record struct Place(int Line, int Column, string Path)
{
    public static Place Start => new(1, 1, "");

    /// <summary>A named field's path under this one; the mark stays.</summary>
    public Place Field(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    /// <summary>What a message calls the thing at this place.</summary>
    public string Subject => Path.Length == 0 ? "the file" : Path;
}
