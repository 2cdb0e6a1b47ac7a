using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>What limits how far a run's figures carry.</summary>
internal static class VerdictNotes
{
    private const int MostNames = 5;

    public static IReadOnlyList<string> Of(Reading reading)
    {
        List<string> notes = [];
        var run = reading.Run;
        if (run.Repeats > 1)
        {
            notes.Add($"Figures are means over {run.Repeats} seeds with their standard deviation; "
                + "two arms are called level when they differ by no more than the deviation of a difference between two runs.");
        }
        else
        {
            notes.Add("One seed: how much another seed would change these figures is not known." + (run.Live is null ? " Run with --repeat 5 to see." : ""));
        }

        notes.AddRange(OfLive(reading));

        var test = run.Data.Sites.Sum(site => (long)site.TestRows);
        if (reading.First.IsShare && test is > 0 and < 2000)
        {
            notes.Add($"There are {Figure.Count(test)} test rows: one row more or less is {100.0 / test:0.00} points.");
        }

        if (run.Arms.Any(arm => arm.Kind == "local" && arm.Final is not null) && run.Data.Sites.Count > 1)
        {
            notes.Add("Sites alone: each site's own model meets only that site's test rows. Where sites hold different labels, that says nothing of the labels a site lacks.");
        }

        if (Untested(run.Data.Sites) is { } untested)
        {
            notes.Add(untested);
        }

        if (UntrainedLabels.Note(run.Data) is { } untrained)
        {
            notes.Add(untrained);
        }

        if (run.Data.DroppedRows > 0)
        {
            notes.Add($"{Figure.Count(run.Data.DroppedRows)} {(run.Data.DroppedRows == 1 ? "row was" : "rows were")} left out because a value was missing.");
        }

        notes.AddRange(FootprintWords.Notes(run));
        return notes;
    }

    private static IEnumerable<string> OfLive(Reading reading)
    {
        var run = reading.Run;
        if (run.Live?.Aborted is { } why)
        {
            yield return $"The run was ended before its end: {Sentence.End(why)}";
        }

        if (reading.Baseline is null)
        {
            yield return "No arm was trained on pooled rows, since rows never met: arms are held against each other.";
        }

        if (reading.NotPooled.Count > 0)
        {
            yield return $"{Sentence.Capital(Sentence.Join(reading.NotPooled.Select(metric => metric.Label)))} over all test rows {(reading.NotPooled.Count == 1 ? "is" : "are")} not computed: rows never met. "
                + "Each site has its own, and the mean of sites is of those.";
        }

        if (run.Live is { Rejected: > 0 } live)
        {
            yield return $"{Counted.Of(live.Rejected, "update was", "updates were")} refused; the ledger says which and why.";
        }
    }

    private static string? Untested(IReadOnlyList<SiteFacts> sites)
    {
        string[] names = [.. sites.Where(site => site.TestRows == 0).Select(site => site.Name)];
        var all = Counted.Of(sites.Count, "site");
        return names.Length == 0 ? null
            : $"{Figure.Count(names.Length)} of {all} {(names.Length == 1 ? "has" : "have")} no test rows: "
                + $"{string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}; means over sites leave {(names.Length == 1 ? "it" : "them")} out.";
    }
}
