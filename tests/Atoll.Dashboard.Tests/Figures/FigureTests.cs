using System.Globalization;
using Atoll.Dashboard.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Dashboard.Tests.Figures;

public sealed class FigureTests
{
    private static readonly MetricFacts Accuracy = MetricFacts.Of("accuracy");
    private static readonly MetricFacts Auc = MetricFacts.Of("auc");

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.00 MB")]
    [InlineData(204_004_800, "204 MB")]
    [InlineData(long.MaxValue, "9.22 EB")]
    public void Bytes_have_three_digits_and_a_decimal_prefix(long bytes, string text) => Figure.Bytes(bytes).ShouldBe(text);

    [Theory]
    [InlineData(512, "512 FLOP")]
    [InlineData(1_234_567_890_123, "1.23 TFLOP")]
    public void Work_counts_in_FLOP(long flops, string text) => Figure.Flops(flops).ShouldBe(text);

    [Theory]
    [InlineData(0.0004, "0 ms")]
    [InlineData(0.85, "850 ms")]
    [InlineData(0.9996, "1.00 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599.6, "1 h 00 min")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(360_000, "100 h 00 min")]
    [InlineData(double.NaN, "–")]
    public void Durations_show_their_two_largest_units(double seconds, string text) => Figure.Duration(seconds).ShouldBe(text);

    [Theory]
    [InlineData(114_000, "114 k")]
    [InlineData(99_600, "99.6 k")]
    [InlineData(12, "12")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Rates_leave_their_unit_to_the_column(double rate, string text) => Figure.Rate(rate).ShouldBe(text);

    [Fact]
    public void Accuracy_is_in_percent_and_its_differences_in_points()
    {
        Figure.Metric(Accuracy, 0.9513).ShouldBe("95.1 %");
        Figure.Metric(Accuracy, 0.9513, 0.0042).ShouldBe("95.1 ± 0.4 %");
        Figure.Gap(Accuracy, 0.0121).ShouldBe("+1.2 points");
        Figure.Gap(Accuracy, -0.0121).ShouldBe("−1.2 points");
        Figure.Gap(Accuracy, -0.0001).ShouldBe("±0.0 points");
        Figure.Gap(Accuracy, -0.0121, 0.0042).ShouldBe("−1.2 ± 0.4 points");
        Figure.Gap(Accuracy, 0.0121, 0.0042).ShouldBe("+1.2 ± 0.4 points");
        Figure.Gap(Accuracy, -0.0001, 0.0042).ShouldBe("0.0 ± 0.4 points");
    }

    [Fact]
    public void Other_metrics_keep_their_own_scale()
    {
        Figure.Metric(Auc, 0.9534).ShouldBe("0.953");
        Figure.Gap(Auc, -0.012).ShouldBe("−0.012");
        Figure.Metric(MetricFacts.Of("root-mean-squared-error"), 45_231.4).ShouldBe("45,231");
        Figure.Metric(MetricFacts.Of("r2"), -0.25).ShouldBe("−0.250");
    }

    [Fact]
    public void A_figure_that_is_not_there_is_a_dash()
    {
        Figure.Metric(Auc, null).ShouldBe("–");
        Figure.Metric(Auc, double.NaN).ShouldBe("–");
        Figure.Gap(Auc, null).ShouldBe("–");
        Figure.Gap(Auc, null, 0.1).ShouldBe("–");
        Figure.Gap(Auc, 0.012, null).ShouldBe("+0.012");
        Figure.Metric(Auc, 0.5, double.NaN).ShouldBe("0.500");
    }

    /// <summary>Three digits are at most half a unit in the third place away: 0.5 % of the value.</summary>
    [Fact]
    public void Bytes_read_back_to_within_half_a_percent()
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
        Prop.ForAll(ArbMap.Default.ArbFor<long>().Filter(bytes => bytes > 0), bytes =>
        {
            var parts = Figure.Bytes(bytes).Split(' ');
            var read = double.Parse(parts[0], CultureInfo.InvariantCulture) * Math.Pow(1000, Array.IndexOf(units, parts[1]));
            return parts[0].Count(char.IsDigit) <= 3 && Math.Abs(read - bytes) <= 0.0051 * bytes;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_smaller_loss_is_better_and_a_smaller_accuracy_is_not()
    {
        MetricFacts.Of("loss").IsBetter(0.1, 0.2).ShouldBeTrue();
        MetricFacts.Of("mean-absolute-error").IsBetter(0.1, 0.2).ShouldBeTrue();
        MetricFacts.Of("root-mean-squared-error").IsBetter(0.1, 0.2).ShouldBeTrue();
        Accuracy.IsBetter(0.1, 0.2).ShouldBeFalse();
        MetricFacts.Of("r2").IsBetter(0.1, 0.2).ShouldBeFalse();
    }
}
