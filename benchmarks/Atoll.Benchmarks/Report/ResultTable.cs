using Atoll.Benchmarks.Machine;
using Spectre.Console;

namespace Atoll.Benchmarks.Report;

/// <summary>The report as people read it.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, BenchmarkReport report)
    {
        MachineFacts machine = report.Machine;
        console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.Vectors}, {machine.Runtime}, {machine.System}{(machine.Load is { } load ? $", load {load:F1}" : "")}");
        console.WriteLine($"One core, {report.Clock}, before / after: FMA {report.Before.FmaFlops / 1e9:F0} / {report.After.FmaFlops / 1e9:F0} GFLOP/s, "
            + $"read {report.Before.ReadBytes / 1e9:F1} / {report.After.ReadBytes / 1e9:F1} GB/s, "
            + $"SHA-256 {report.Before.HashBytes / 1e9:F2} / {report.After.HashBytes / 1e9:F2} GB/s");
        if (report.Peers is { } peers)
        {
            console.WriteLine($"Peers: {peers}");
        }

        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("benchmark", "work");
        foreach (string column in (string[])["best", "median", "unit", "time", "floor", "share", "target", "", "× peer"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column is "unit" or "target" or "" ? Justify.Left : Justify.Right, NoWrap = column is not "target" });
        }
        foreach (Result r in report.Results)
        {
            table.AddRow([.. Cells(r).Select(cell => new Text(cell))]);
        }
        console.Write(table);
        foreach (Result r in report.Results.Where(r => r.Note is not null))
        {
            console.WriteLine($"{r.Name}: {r.Note}");
        }
        foreach ((string name, double rate) in report.OtherPeerRates)
        {
            console.WriteLine($"Peers, another way: {name} {Number(rate)}");
        }
    }

    private static string[] Cells(Result r) =>
    [
        r.Name, r.What, Number(r.Rate), Number(r.MedianRate), r.Unit, Time(r.BestSeconds), r.FloorSeconds is { } floor ? Time(floor) : "", r.Share is { } share ? $"{share:P0}" : "",
        r.Target ?? "", r.Met switch { true => "pass", false => "MISS", null => "" }, r.TimesPeer is { } times ? $"{times:F2}" : "",
    ];

    private static string Number(double value) => value >= 1000 ? $"{value:N0}" : $"{value:F1}";

    private static string Time(double seconds) => seconds switch
    {
        >= 1 => $"{seconds:F2} s",
        >= 1e-3 => $"{seconds * 1e3:F2} ms",
        _ => $"{seconds * 1e6:F1} µs",
    };
}
