using Atoll.Footprint.Quantities;
using Atoll.Planning.Models;

namespace Atoll.Planning.Analysis.Choice;

/// <summary>Arms that do not compute as much as the baseline, so that their figures are not those of the same job.</summary>
internal static class UnlikeWork
{
    /// <summary>As a share of the baseline's operations: rounding, and the last of the steps.</summary>
    private const double Alike = 0.01;

    /// <returns>Null where all compute as much, or nothing tells how much.</returns>
    public static string? Note(IReadOnlyList<Alternative> arms, IReadOnlyList<ArmOutcome> outcomes, int baseline)
    {
        List<string> unlike = [];
        for (int a = 0; a < arms.Count; a++)
        {
            double share = outcomes[a].Flops / outcomes[baseline].Flops;
            if (double.IsFinite(share) && Math.Abs(share - 1) > Alike)
            {
                unlike.Add($"{arms[a].Name} {QuantityText.Digits(share)} times");
            }
        }
        return unlike.Count == 0 ? null : $"Not all arms compute as much as {arms[baseline].Name}, and their figures are of what they compute: {Sentence.List(unlike)} its operations.";
    }
}
