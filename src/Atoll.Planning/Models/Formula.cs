namespace Atoll.Planning.Models;

/// <summary>How an output of an arm comes from inputs.</summary>
public sealed record Formula
{
    /// <summary>The output's name: <c>energy-kwh.compute</c>.</summary>
    public required string Output { get; init; }

    /// <summary>In words and symbols: <c>accelerators × hours × power × PUE</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Who published it; empty where it is a definition.</summary>
    public string Source { get; init; } = "";

    /// <summary>Paths of the inputs that it reads.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }
}
