using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Simulation;

namespace Atoll.Cli.Tests;

public sealed class FaultsTests
{
    public static TheoryData<Exception, int, string> Known => new()
    {
        { new DataException("Rows are missing.\n  here\n  and there"), ExitCode.BadInput, "atoll: Rows are missing.\n  here\n  and there\n" },
        { new RunException("The folder is taken."), ExitCode.BadInput, "atoll: The folder is taken.\n" },
        { new IOException("No space left on device : '/runs/x'"), ExitCode.Failure, "atoll: No space left on device : '/runs/x'\n" },
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), ExitCode.Failure, "atoll: Access to the path '/x' is denied.\n" },
        { new OperationCanceledException(), ExitCode.Interrupted, "atoll: interrupted.\n" },
        { new CommandException(ExitCode.Usage, "Not so."), ExitCode.Usage, "atoll: Not so.\n" },
        {
            new ExperimentFileException([Problem(1, "a is wrong."), Problem(2, "b is wrong.")]), ExitCode.BadInput,
            "atoll: e.yaml:1:1: a is wrong.\natoll: e.yaml:2:1: b is wrong.\n"
        },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void What_a_user_can_put_right_is_said_without_a_trace(Exception fault, int code, string message)
    {
        StringWriter error = new() { NewLine = "\n" };

        Faults.Report(fault, error).ShouldBe(code);

        error.ToString().ShouldBe(message);
    }

    [Fact]
    public void A_defect_says_how_to_get_its_trace()
    {
        StringWriter error = new();

        Faults.Report(new KeyNotFoundException("The key was not there."), error).ShouldBe(ExitCode.Failure);

        error.ToString().ShouldStartWith("atoll: The key was not there.");
        error.ToString().ShouldContain("ATOLL_TRACE=1");
        error.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public void A_premise_that_fails_while_input_is_judged_is_the_inputs_fault()
    {
        CommandException refused = Should.Throw<CommandException>(() => Faults.OfInput<int>("e.yaml", () => throw new ArgumentOutOfRangeException("sites", "Sites must be at most 24 (was 30).")));

        refused.ExitCode.ShouldBe(ExitCode.BadInput);
        refused.Message.ShouldBe("e.yaml: Sites must be at most 24 (was 30).");
    }

    [Fact]
    public void A_data_set_that_cannot_be_used_names_the_experiment() =>
        Should.Throw<CommandException>(() => Faults.OfInput<int>("e.yaml", () => throw new DataException("Rows are missing."))).Message.ShouldBe("e.yaml: Rows are missing.");

    [Fact]
    public void A_defect_stays_one_while_input_is_judged() =>
        Should.Throw<KeyNotFoundException>(() => Faults.OfInput<int>("e.yaml", () => throw new KeyNotFoundException("The key was not there.")));

    private static Problem Problem(int line, string message) => new() { File = "e.yaml", Line = line, Column = 1, Field = "", Message = message };
}
