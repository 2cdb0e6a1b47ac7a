using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>Labels that a model is tested on and never shown.</summary>
public static class UntrainedLabels
{
    private const int MostNames = 5;

    /// <summary><c>2 of 4 labels stand in test rows only, so that no model can learn them: c, d.</c></summary>
    /// <returns>Null where every label has training rows.</returns>
    public static string? Note(DataFacts data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.UntrainedClasses is not { Count: > 0 } untrained)
        {
            return null;
        }

        var one = untrained.Count == 1;
        return $"{Figure.Count(untrained.Count)} of {Counted.Of(data.Classes.Count, "label")} {(one ? "stands" : "stand")} in test rows only, so that no model can learn "
            + $"{(one ? "it" : "them")}: {string.Join(", ", untrained.Take(MostNames))}{(untrained.Count > MostNames ? ", …" : ".")}";
    }
}
