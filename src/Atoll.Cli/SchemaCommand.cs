using System.CommandLine;
using Atoll.Experiments.Schema;
using Atoll.Planning.File;

namespace Atoll.Cli;

/// <summary><c>atoll schema</c>: the JSON Schema of experiment files or plan files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Option<FileInfo?> file = new("--out") { Description = "The file to write, in place of standard output.", HelpName = "FILE" };
        Option<bool> plan = new("--plan") { Description = "That of plan files, in place of experiment files." };
        Verb command = new("schema", "Print the JSON Schema of experiment files, or of plan files, with which editors complete and check them.")
        {
            Footer = """
                Example (for editors that use the YAML language server, with this as the experiment's first line):
                  atoll schema --out experiment.schema.json
                  # yaml-language-server: $schema=experiment.schema.json

                """,
        };
        command.Add(file);
        command.Add(plan);
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(plan) ? PlanSchema.Text() : ExperimentSchema.Text(), parsed.GetValue(file), parsed.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> Run(string schema, FileInfo? file, InvocationConfiguration console, CancellationToken cancel)
    {
        if (file is null)
        {
            await console.Output.WriteAsync(schema.AsMemory(), cancel);
            return ExitCode.Success;
        }
        try
        {
            await File.WriteAllTextAsync(file.FullName, schema, cancel);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"The schema cannot be written to {file}: {e.Message}", e);
        }
    }
}
