using Atoll.Federation.Aggregation;

namespace Atoll.Coordinator.Rounds;

/// <summary>What must hold of any update, whenever it comes.</summary>
internal static class UpdateTerms
{
    /// <summary>What does not, in a sentence; null where all does.</summary>
    /// <param name="site">What the sentence calls the site at its beginning.</param>
    /// <param name="joined">The rows that the site joined with.</param>
    public static string? Misfit(string site, int round, int rows, int joined, double effectiveSteps, long weight) =>
        rows != joined ? $"{site}'s update in round {round} must be from the {joined} rows it joined with (was {rows})."
        : !(effectiveSteps is > 0 and < int.MaxValue) ? $"{site}'s update in round {round} must be worth more than 0 and fewer than {int.MaxValue} steps (was {effectiveSteps})."
        : weight is < 1 or > ExactAverage.MaximumWeight ? $"{site}'s weight in round {round} must be from 1 to {ExactAverage.MaximumWeight} (was {weight})."
        : null;
}
