using System.CommandLine;
using System.Globalization;

namespace Atoll.Cli.Planning;

/// <summary><c>atoll plan PATH</c>: what a job would cost in each of its arms, before anyone commits to one.</summary>
internal static class PlanCommand
{
    private const int MostDraws = 1_000_000;

    public static Command Create()
    {
        Argument<string> path = new("PATH") { Description = "A plan file or an experiment file, or a folder that holds plan.yaml or experiment.yaml." };
        Option<string?> folder = new("--out") { Description = "The folder for plan.html and plan.json: new or empty. [default: plans/NAME-DATE-TIME; with --json none]", HelpName = "FOLDER" };
        Option<bool> json = new("--json") { Description = "Print the plan as one JSON document on standard output; text for people goes to standard error." };
        Option<int?> draws = new("--draws")
        {
            Description = "Monte-Carlo draws over the inputs' ranges, in place of the file's; 0 for none.",
            HelpName = "N",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostDraws)
                {
                    return number;
                }
                result.AddError($"--draws must be a whole number from 0 to {MostDraws} (was '{result.Tokens[0].Value}').");
                return null;
            },
        };
        Verb command = new("plan", "What training would cost in time, energy, carbon, water and money, centralized or spread: a comparison, break-evens, a recommendation.")
        {
            Footer = """
                Examples:
                  atoll plan examples/plan-frontier
                  atoll plan my-plan.yaml --json > plan.json
                  atoll plan examples/hospitals             predicts what atoll run will measure

                plan.html shows every figure's formula and sources, one click away. Catalogs: atoll grid list, atoll hardware list.

                """,
        };
        command.Add(path);
        command.Add(folder);
        command.Add(json);
        command.Add(draws);
        command.SetAction((parsed, cancellation) => Task.FromResult(new PlanSession(parsed.InvocationConfiguration)
        {
            Path = parsed.GetRequiredValue(path),
            Folder = parsed.GetValue(folder),
            Json = parsed.GetValue(json),
            Draws = parsed.GetValue(draws),
        }.Run(cancellation)));
        return command;
    }
}
