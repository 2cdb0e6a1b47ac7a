using System.CommandLine;
using Atoll.Experiments.Schema;

namespace Atoll.Cli;

/// <summary><c>atoll schema</c>: the experiment file's JSON Schema, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Option<FileInfo?> file = new("--out") { Description = "The file to write, in place of standard output.", HelpName = "FILE" };
        Verb command = new("schema", "Print the JSON Schema of experiment files, with which editors complete and check them.")
        {
            Footer = """
                Example (for editors that use the YAML language server, with this as the experiment's first line):
                  atoll schema --out experiment.schema.json
                  # yaml-language-server: $schema=experiment.schema.json

                """,
        };
        command.Add(file);
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(file), parsed.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> Run(FileInfo? file, InvocationConfiguration console, CancellationToken cancel)
    {
        if (file is null)
        {
            await console.Output.WriteAsync(ExperimentSchema.Text().AsMemory(), cancel);
            return ExitCode.Success;
        }
        try
        {
            await File.WriteAllTextAsync(file.FullName, ExperimentSchema.Text(), cancel);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"The schema cannot be written to {file}: {e.Message}", e);
        }
    }
}
