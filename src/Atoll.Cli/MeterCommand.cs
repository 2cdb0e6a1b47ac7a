using System.CommandLine;
using Atoll.Cli.Meters;
using Atoll.Footprint.Meters;

namespace Atoll.Cli;

/// <summary><c>atoll meter -- COMMAND</c>: runs any command and says what it took.</summary>
internal static class MeterCommand
{
    public static Command Create()
    {
        OtherCommand other = new();
        Option<string?> grid = new("--grid") { Description = "The grid that the machine is on, for carbon: a name (atoll grid list), or an intensity such as '35.9 g/kWh' or '30 to 45 g/kWh'.", HelpName = "NAME|INTENSITY" };
        Option<string?> pue = new("--pue") { Description = "The facility's energy for each unit that its computers take: 1.2, or 1.1 to 1.3. [default: 1, no overhead]", HelpName = "NUMBER" };
        Option<string?> tariff = new("--tariff") { Description = "What electricity costs, such as '0.2 $/kWh'. [default: the catalog's for the grid's country]", HelpName = "PRICE" };
        Option<string?> json = new("--json") { Description = "Write the figures as JSON to a file, or with - to standard output.", HelpName = "FILE|-" };
        Verb command = new("meter", "Run any command and report its energy, carbon and cost.")
        {
            Footer = """
                Examples:
                  atoll meter -- python train.py --epochs 3
                  atoll meter --grid SE --pue 1.2 --tariff '0.1 $/kWh' -- ./train.sh
                  atoll meter --grid '35.9 g/kWh' --json meter.json -- make -j8

                The report goes to standard error, after the command's own output; the exit code is the command's.
                Every figure says how it is known: measured (RAPL, NVML), modelled, or assumed.

                """,
        };
        command.Add(other);
        foreach (Option option in new Option[] { grid, pue, tariff, json })
        {
            command.Add(option);
        }
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(other), Circumstances.Of(parsed.GetValue(grid), parsed.GetValue(pue), parsed.GetValue(tariff)), parsed.GetValue(json), parsed.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> Run(string[] words, Circumstances circumstances, string? json, InvocationConfiguration console, CancellationToken cancel)
    {
        using MeteredCommand command = MeteredCommand.Of(words);
        await using TextWriter? file = Open(json);
        using MachineMeter meter = MachineMeter.Open(MeterScope.Children);
        using Metering stretch = meter.Start();
        int code = await command.Run(meter, cancel);
        MeterReport report = MeterReport.Of(words, code, meter.Description, stretch.Stop(), circumstances);
        MeterPrint.Write(report, Terminal.Of(console.Error));
        if (json is not null)
        {
            await (file ?? console.Output).WriteLineAsync(MeterJson.Text(report));
        }
        return code;
    }

    /// <summary>Before the command runs, so that hours of work do not end in a file that cannot be written.</summary>
    private static StreamWriter? Open(string? file)
    {
        try
        {
            return file is null or "-" ? null : new StreamWriter(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(ExitCode.Usage, $"--json: {file} cannot be written: {e.Message}", e);
        }
    }
}
