namespace Atoll.Experiments.Binding;

/// <summary>Guesses which name was meant.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean x?" where a valid name is near enough, or nothing.</summary>
    public static string Hint(string written, IEnumerable<string> valid) => NearestName.Of(written, valid) is { } name ? $". Did you mean {name}?" : "";
}
