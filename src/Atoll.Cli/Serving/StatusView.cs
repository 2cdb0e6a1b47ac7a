using Atoll.Dashboard.Figures;
using Atoll.Experiments.Protocol;
using Spectre.Console;

namespace Atoll.Cli.Serving;

/// <summary>A live run's status as text: what it waits for, its arms, its sites, what was refused, and the ledger's end.</summary>
internal static class StatusView
{
    /// <summary>Of a key or a root in one piece, so that they break between pieces.</summary>
    private const int Piece = 16;

    private static readonly Style Bold = new(decoration: Decoration.Bold), Dim = new(decoration: Decoration.Dim);

    public static void Write(RunStatus status, Terminal terminal)
    {
        bool isOver = status.Phase is RunPhase.Finished or RunPhase.Aborted;
        terminal.Paragraph($"{status.Name}: {Words(status.Phase)}, {(isOver ? "after" : "for")} {Figure.Duration((status.Now - status.Started).TotalSeconds)}", Bold);
        terminal.Paragraph(status.Reason);
        terminal.Line();
        Arms(status).WriteTo(terminal);
        terminal.Line();
        Sites(status).WriteTo(terminal);
        if (Energy(status) is { } energy)
        {
            terminal.Line();
            terminal.Paragraph(energy);
        }
        foreach (ArmStatus arm in status.Arms.Where(arm => arm.Stopped is not null))
        {
            terminal.Line();
            terminal.Paragraph($"{arm.Name} stopped: {arm.Stopped}", indent: 2);
        }
        terminal.Line();
        Refused(status, terminal);
        terminal.Entry("ledger  ", $"{Counted.Of(status.Ledger.Size, "entry", "entries")}{(status.Ledger.Root is { } root ? ", root " + Pieces(root.ToString()) : "")}");
        terminal.Entry("key     ", Pieces(status.Ledger.Fingerprint));
    }

    private static FittedTable Arms(RunStatus status)
    {
        IReadOnlyList<ArmStatus> arms = status.Arms;
        MetricFacts[] metrics =
        [
            .. arms.SelectMany(arm => arm.Results).SelectMany(round => round.Metrics).Where(metric => metric.Value is not null).Select(metric => metric.Key).Distinct().Take(2).Select(MetricFacts.Of),
        ];
        FittedTable table = new FittedTable()
            .Add("arm", arms.Select(arm => arm.Name), isText: true)
            .Add("rounds", arms.Select(arm => $"{arm.Completed} of {arm.Rounds}"))
            .Add("this round", arms.Select(arm => arm.Asked == 0 ? Figure.None : $"{arm.Updates} of {arm.Asked}"), importance: 5);
        int importance = 9;
        foreach (MetricFacts metric in metrics)
        {
            table.Add(metric.Label, arms.Select(arm => Figure.Metric(metric, Newest(arm, metric.Name))), importance--);
        }
        return table
            .Add("up", arms.Select(arm => Figure.Bytes(arm.BytesUp)), importance: 4)
            .Add("down", arms.Select(arm => Figure.Bytes(arm.BytesDown)), importance: 4);
    }

    private static FittedTable Sites(RunStatus status)
    {
        IReadOnlyList<SiteStatus> sites = status.Sites;
        return new FittedTable()
            .Add("site", sites.Select(site => site.Name), isText: true)
            .Add("state", sites.Select(site => site.Activity.ToString().ToLowerInvariant()), isText: true)
            .Add("seen", sites.Select(site => site.Seen is { } seen ? Ago(status.Now - seen) : Figure.None), importance: 8)
            .Add("task", sites.Select(site => site.Done is { } done ? $"{Math.Floor(done * 100):0} %" : Figure.None), importance: 9)
            .Add("rows", sites.Select(site => site.TrainRows is { } rows ? Figure.Count(rows) : Figure.None), importance: 3)
            .Add("updates", sites.Select(site => Figure.Count(site.Updates)), importance: 6)
            .Add("refused", sites.Select(site => Figure.Count(site.Rejected)), importance: 7)
            .Add("energy", sites.Select(site => site.EnergyBasis is { } basis ? $"{Figure.Amount(site.EnergyJoules, "J")} {basis}" : Figure.None), importance: 5);
    }

    /// <summary>Measured and modelled apart.</summary>
    private static string? Energy(RunStatus status)
    {
        string[] parts = [.. status.Sites.Where(site => site.EnergyBasis is not null).GroupBy(site => site.EnergyBasis!).Select(of => $"{Figure.Amount(of.Sum(site => site.EnergyJoules), "J")} {of.Key}")];
        return parts.Length == 0 ? null : $"Energy at the sites so far: {string.Join(", ", parts)}.";
    }

    private static void Refused(RunStatus status, Terminal terminal)
    {
        if (status.Rejected == 0)
        {
            terminal.Entry("refused ", "nothing");
            return;
        }
        RejectionStatus last = status.Rejections[0];
        string where = string.Join(", ", new[] { last.Site ?? "unknown", last.Arm, last.Round is { } round ? $"round {round}" : null }.OfType<string>());
        terminal.Entry("refused ", $"{Figure.Count(status.Rejected)}; the last {Ago(status.Now - last.Time)} ({where}): {last.Reason}");
    }

    private static double? Newest(ArmStatus arm, string metric) =>
        arm.Results.Select(round => round.Metrics.GetValueOrDefault(metric)).LastOrDefault(value => value is not null);

    private static string Words(RunPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Ago(TimeSpan ago) => ago.TotalSeconds switch
    {
        < 2 => "now",
        < 60 => $"{ago.TotalSeconds:0} s ago",
        < 3600 => $"{Math.Floor(ago.TotalMinutes):0} min ago",
        < 172_800 => $"{Math.Floor(ago.TotalHours):0} h ago",
        _ => $"{Math.Floor(ago.TotalDays):0} d ago",
    };

    private static string Pieces(string hash)
    {
        int start = hash.IndexOf(':', StringComparison.Ordinal) + 1;
        return hash[..start] + string.Join(' ', hash[start..].Chunk(Piece).Select(piece => new string(piece)));
    }
}
