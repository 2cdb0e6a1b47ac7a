using Atoll.Learning.Tests.Data;

namespace Atoll.Cli.Tests.Live;

/// <summary>The commands of the README's section on training across machines, as they stand there, on the hospitals' real rows.</summary>
public sealed class ReadmeWalkTests : IDisposable
{
    private const string Join = "join TOKEN --data sites/Cleveland.csv";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [SkippableFact]
    public async Task Every_hospital_joins_with_the_line_that_is_printed_and_the_record_proves_the_result()
    {
        string rows = SharedFolder.Find(Path.Combine("data", "heart-disease"));
        _terminals.Environment["ATOLL_DATA"] = _terminals.Shell.At("data");
        Directory.CreateSymbolicLink(_terminals.Shell.At("examples"), Path.Combine(Repository, "examples"));
        string[] walk = Walk();
        walk.Length.ShouldBe(5);
        walk[3].ShouldBe(Join);

        await DoneAsync($"{walk[0]} --from {rows}");
        await DoneAsync(walk[1]);
        Terminal coordinator = _terminals.Atoll($"{walk[2]} --listen 127.0.0.1:{_terminals.Port}".Split(' '));
        Terminal[] sites = [.. (await Terminals.TokensAsync(coordinator, sites: 4)).Select(site =>
            _terminals.Atoll([.. Join.Replace("TOKEN", site.Value, StringComparison.Ordinal).Replace("Cleveland", site.Key.Replace(' ', '-'), StringComparison.Ordinal).Split(' '), "--yes"]))];
        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        (await DoneAsync(walk[4])).ReplaceLineEndings(" ").ShouldContain("are those that it proves");
    }

    private async Task<string> DoneAsync(string command)
    {
        Terminal terminal = _terminals.Atoll(command.Split(' '));
        await terminal.EndAsync(ExitCode.Success);
        return terminal.Said;
    }

    /// <summary>Without <c>./atoll</c> and what is said beside it.</summary>
    private static string[] Walk()
    {
        string section = File.ReadAllText(Path.Combine(Repository, "README.md")).Split("\n## ").Single(part => part.StartsWith("Train across machines", StringComparison.Ordinal));
        return [.. section.Split("```")[1].Split('\n').Where(line => line.StartsWith("./atoll ", StringComparison.Ordinal)).Select(line => line["./atoll ".Length..].Split('#')[0].Trim())];
    }
}
