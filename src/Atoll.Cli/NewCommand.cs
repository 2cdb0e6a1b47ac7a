using System.CommandLine;
using Atoll.Experiments;

namespace Atoll.Cli;

/// <summary><c>atoll new NAME</c>: a folder with a commented experiment file that runs as it is.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("NAME") { Description = "The folder to make; its last part names the experiment." };
        Verb command = new("new", "Make a folder with a commented experiment file to start from.")
        {
            Footer = """
                Example:
                  atoll new trial && atoll run trial

                """,
        };
        command.Add(folder);
        command.SetAction((parsed, cancel) => Run(parsed.GetRequiredValue(folder), parsed.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> Run(string folder, InvocationConfiguration console, CancellationToken cancel)
    {
        string full, name;
        try
        {
            full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            name = Path.GetFileName(full);
        }
        catch (ArgumentException)
        {
            (full, name) = ("", folder);
        }
        if (!ExperimentTemplate.IsName(name))
        {
            throw new CommandException(ExitCode.Usage, $"An experiment's name {ExperimentTemplate.NameRule} (was \"{name}\").");
        }
        string file = Path.Combine(full, ExperimentFile.DefaultName);
        if (Path.Exists(file) || File.Exists(full))
        {
            throw new CommandException(ExitCode.BadInput, $"{(File.Exists(full) ? folder : Path.Combine(folder, ExperimentFile.DefaultName))} is there already: nothing was written.");
        }
        try
        {
            await Write(full, file, ExperimentTemplate.Create(name), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"{file} cannot be written: {e.Message}", e);
        }
        await console.Output.WriteLineAsync($"Wrote {Path.Combine(folder, ExperimentFile.DefaultName)}. Next: atoll run {folder}");
        return ExitCode.Success;
    }

    private static async Task Write(string folder, string file, string text, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        // CreateNew: whoever made the file since it was looked for keeps it.
        await using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write);
        await using StreamWriter writer = new(stream);
        await writer.WriteAsync(text.AsMemory(), cancel);
    }
}
