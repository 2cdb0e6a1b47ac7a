using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>The one sentence to remember: the best federated arm against the baseline and the sites alone, or against the other arms where there is no baseline.</summary>
internal static class VerdictHeadline
{
    public static string Of(Reading reading)
    {
        if (reading.Baseline is null)
        {
            return WithoutBaseline(reading);
        }

        if (reading.Pooled(reading.Baseline) is not { } baseline)
        {
            return reading.Baseline?.Stopped is { } why
                ? $"The baseline {reading.Run.Baseline} stopped before its end, so nothing can be held against it: {Sentence.End(why)}"
                : $"The baseline {reading.Run.Baseline} has no {reading.First.Label}, so nothing can be held against it.";
        }

        var federated = reading.Run.Arms.Where(arm => arm.Kind == "federated").ToList();
        var best = Best(reading, federated);
        return best is null
            ? WithoutFederated(reading, baseline, federated.Count)
            : $"{Lead(federated.Count, best.Name)} {Figure.Metric(reading.First, reading.Pooled(best)!.Value.Value)} {reading.First.Label}: "
                + $"{Sentence.Join(Positions(reading, best))}.";
    }

    private static string WithoutBaseline(Reading reading)
    {
        var ranked = reading.Ranked();
        if (ranked.Count == 0)
        {
            return reading.Run.Arms.Any(arm => arm.Stopped is not null) ? "No arm came to its end." : $"No arm has {(reading.First.Label[0] is 'a' or 'A' ? "an" : "a")} {reading.First.Label}, so arms cannot be held against each other.";
        }

        var best = ranked[0];
        var value = $"{Figure.Metric(reading.First, reading.Pooled(best)!.Value.Value)} {reading.First.Label} {reading.Where}";
        if (ranked.Count == 1)
        {
            return $"{best.Name} reaches {value}; {(reading.Run.Arms.Count == 1 ? "there is no other arm to hold it against" : "no other arm came to its end")}.";
        }

        List<string> positions = [reading.Against(best, ranked[1])!.Value.Words(ranked[1].Name)];
        if (ranked.Count > 2)
        {
            positions.Add(reading.Against(best, ranked[^1])!.Value.Words(ranked[^1].Name));
        }

        return $"{best.Name} does best of the {ranked.Count} arms with {value}: {Sentence.Join(positions)}.";
    }

    private static string Lead(int federated, string best) =>
        federated == 1 ? $"{best} reaches" : $"{best} does best of the {federated} federated arms with";

    private static string WithoutFederated(Reading reading, Measured baseline, int federated)
    {
        var start = federated > 0 ? "No federated arm came to its end. " : "";
        var value = $"{reading.Run.Baseline} reaches {Figure.Metric(reading.First, baseline.Value)} {reading.First.Label}";
        return reading.Local is { } local && reading.Against(local, reading.Baseline) is { } alone
            ? $"{start}{value}; the sites alone are {alone.Words("it")}."
            : $"{start}{value}.";
    }

    private static IEnumerable<string> Positions(Reading reading, ArmResult arm)
    {
        if (reading.Against(arm, reading.Baseline) is { } baseline)
        {
            yield return baseline.Words(reading.Run.Baseline);
        }

        if (reading.Against(arm, reading.Local) is { } local)
        {
            yield return local.Words("the sites alone");
        }
    }

    private static ArmResult? Best(Reading reading, IEnumerable<ArmResult> arms)
    {
        ArmResult? best = null;
        foreach (var arm in arms)
        {
            if (reading.Pooled(arm) is { } value && (best is null || reading.First.IsBetter(value.Value, reading.Pooled(best)!.Value.Value)))
            {
                best = arm;
            }
        }

        return best;
    }
}
