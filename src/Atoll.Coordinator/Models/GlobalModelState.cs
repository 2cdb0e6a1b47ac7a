namespace Atoll.Coordinator.Models;

/// <summary>Everything a <see cref="GlobalModel"/> remembers between rounds. Vectors that its algorithms do not use are empty.</summary>
public sealed class GlobalModelState
{
    /// <summary>Rounds applied.</summary>
    public required int Rounds { get; init; }

    public required float[] Weights { get; init; }

    public required float[] Control { get; init; }

    public required float[] Momentum { get; init; }

    public required float[] SecondMoment { get; init; }

    /// <summary>The vectors that are not empty, under the names they are stored by.</summary>
    public IEnumerable<(string Name, float[] Vector)> Vectors
    {
        get
        {
            (string, float[])[] all = [("weights", Weights), ("control", Control), ("momentum", Momentum), ("second-moment", SecondMoment)];
            return all.Where(v => v.Item2.Length > 0);
        }
    }

    /// <summary>From stored vectors; those that are not there are empty.</summary>
    public static GlobalModelState From(int rounds, IReadOnlyDictionary<string, float[]> vectors) => new()
    {
        Rounds = rounds,
        Weights = vectors.GetValueOrDefault("weights", []),
        Control = vectors.GetValueOrDefault("control", []),
        Momentum = vectors.GetValueOrDefault("momentum", []),
        SecondMoment = vectors.GetValueOrDefault("second-moment", []),
    };
}
