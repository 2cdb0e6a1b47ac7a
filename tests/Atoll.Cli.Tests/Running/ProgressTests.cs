using System.Text;
using Atoll.Cli.Running;
using Atoll.Simulation;

namespace Atoll.Cli.Tests.Running;

public sealed class ProgressTests
{
    private readonly StringBuilder _written = new();
    private readonly ArmPlan _arm = Samples.Arm("fedavg", rounds: 4);
    private readonly Clock _clock = new();

    [Fact]
    public void Rounds_that_come_fast_are_told_once_a_second_and_the_last_always()
    {
        ProgressLines lines = Lines();

        lines.ArmStarted(_arm, 0, 0);
        foreach (int round in Enumerable.Range(1, 4))
        {
            lines.RoundCompleted(_arm, 0, Samples.Round(round));
            _clock.Now += TimeSpan.FromSeconds(0.6);
        }
        lines.ArmCompleted(_arm, 0, null);

        Written.ShouldBe(
        [
            "fedavg: round 1 of 4  loss 0.312  accuracy 93.1 %",
            "fedavg: round 3 of 4  loss 0.312  accuracy 93.1 %",
            "fedavg: round 4 of 4  loss 0.312  accuracy 93.1 %",
        ]);
    }

    [Fact]
    public void Rounds_that_take_their_time_are_all_told()
    {
        ProgressLines lines = Lines();

        foreach (int round in Enumerable.Range(1, 4))
        {
            lines.RoundCompleted(_arm, 0, Samples.Round(round));
            _clock.Now += TimeSpan.FromSeconds(1);
        }

        Written.Length.ShouldBe(4);
    }

    [Fact]
    public void A_resumed_arm_says_where_it_goes_on_and_a_stopped_one_why()
    {
        ProgressLines lines = Lines(repeat: 2);

        lines.ArmStarted(_arm, 1, completed: 3);
        lines.ArmCompleted(_arm, 1, "its loss is NaN.");

        Written.ShouldBe(["fedavg, seed 8: goes on after round 3 of 4", "fedavg, seed 8: stopped before its end: its loss is NaN."]);
    }

    [Fact]
    public void A_terminal_that_can_be_drawn_on_shows_each_arms_latest_figures()
    {
        Terminal terminal = new(Writer(), isLive: true, width: 80);

        ProgressView.Show(Samples.Plan(arms: [_arm, Samples.Arm("a-name-that-is-longer-than-it-should-be")]), terminal, observer =>
        {
            observer.ArmStarted(_arm, 0, 0);
            observer.RoundCompleted(_arm, 0, Samples.Round(3));
            return Samples.Result();
        });

        _written.ToString().ShouldContain("3/4  loss 0.312  accuracy 93.1 %");
        _written.ToString().ShouldContain("a-name-that-is-long…");
    }

    [Theory]
    [InlineData(60, 1, "3/4  accuracy 93.1 %")]
    [InlineData(60, 2, "seed 7  3/4  accuracy 93.1 %")]
    [InlineData(44, 2, "accuracy 93.1 %")]
    public void A_narrow_terminal_keeps_the_first_metric_whole(int width, int repeat, string shown)
    {
        Terminal terminal = new(Writer(), isLive: true, width);

        ProgressView.Show(Samples.Plan(repeat, arms: [_arm, Samples.Arm("a-name-that-is-longer-than-it-should-be")]), terminal, observer =>
        {
            observer.ArmStarted(_arm, 0, 0);
            observer.RoundCompleted(_arm, 0, Samples.Round(3));
            return Samples.Result();
        });

        _written.ToString().ShouldContain(shown);
    }

    private string[] Written => _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private StringWriter Writer() => new(_written) { NewLine = "\n" };

    private ProgressLines Lines(int repeat = 1) => new(Samples.Plan(repeat, arms: _arm), new Terminal(Writer(), isLive: false, width: 80), _clock);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
