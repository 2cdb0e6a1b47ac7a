using Atoll.Learning.Evaluation;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Evaluation;

public sealed class MetricsTests
{
    private static readonly Expected s_expected = Fixture.Read<Expected>("metrics.json");

    public static TheoryData<string> Names => [.. s_expected.Classes.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Figures_of_classes_are_those_of_scikit_learn(string name)
    {
        var e = s_expected.Classes.Single(c => c.Name == name);
        ClassificationMetrics.Accuracy(e.Predictions, e.Outputs, e.Targets).ShouldNotBeNull().ShouldBe(e.Accuracy, 1e-14);
        ClassificationMetrics.MacroF1(e.Predictions, e.Outputs, e.Targets).ShouldNotBeNull().ShouldBe(e.F1, 1e-14);
        RocAuc.Of(e.Predictions, e.Outputs, e.Targets).ShouldNotBeNull().ShouldBe(e.Auc, 1e-14);
    }

    [Fact]
    public void Figures_of_values_are_those_of_scikit_learn()
    {
        var e = s_expected.Values;
        RegressionMetrics.MeanAbsoluteError(e.Predictions, e.Targets).ShouldNotBeNull().ShouldBe(e.MeanAbsoluteError, 1e-12);
        RegressionMetrics.RootMeanSquaredError(e.Predictions, e.Targets).ShouldNotBeNull().ShouldBe(e.RootMeanSquaredError, 1e-12);
        RegressionMetrics.R2(e.Predictions, e.Targets).ShouldNotBeNull().ShouldBe(e.R2, 1e-12);
    }

    [Fact]
    public void Figures_by_hand()
    {
        // Of two positives and two negatives, three of four pairs stand right and one is a tie: 3.5 / 4.
        RocAuc.Of([0.1f, 0.4f, 0.4f, 0.8f], 1, [0, 0, 1, 1]).ShouldBe(3.5 / 4);
        ClassificationMetrics.Accuracy([0.1f, 0.4f, 0.4f, 0.8f], 1, [0, 0, 1, 1]).ShouldBe(0.75);
        // Class 0: 2 right, 1 too many; class 1: 1 right, 1 missed. (2·2/(4 + 1) + 2/(2 + 1)) / 2.
        ClassificationMetrics.MacroF1([0.1f, 0.4f, 0.4f, 0.8f], 1, [0, 0, 1, 1]).ShouldNotBeNull().ShouldBe((0.8 + 2.0 / 3) / 2, 1e-15);
        RegressionMetrics.MeanAbsoluteError([1, 2, 5], [1, 4, 1]).ShouldBe(2);
        RegressionMetrics.RootMeanSquaredError([1, 2, 5], [1, 4, 1]).ShouldBe(Math.Sqrt(20.0 / 3));
        RegressionMetrics.R2([1, 2, 5], [1, 4, 1]).ShouldNotBeNull().ShouldBe(1 - 20.0 / 6, 1e-15);
    }

    [Fact]
    public void Of_equal_probabilities_the_first_class_is_chosen_and_one_half_is_class_1()
    {
        ClassificationMetrics.Accuracy([0.4f, 0.4f, 0.2f], 3, [0]).ShouldBe(1);
        ClassificationMetrics.Accuracy([0.4f, 0.4f, 0.2f], 3, [1]).ShouldBe(0);
        ClassificationMetrics.Accuracy([0.5f], 1, [1]).ShouldBe(1);
    }

    [Fact]
    public void A_class_that_nobody_is_or_is_said_to_be_does_not_count_for_F1() =>
        ClassificationMetrics.MacroF1([0.8f, 0.2f, 0, 0.1f, 0.9f, 0], 3, [0, 1]).ShouldBe(1); // as scikit-learn: labels are those that occur

    [Theory]
    [InlineData(1, new float[] { 1, 1 })]
    [InlineData(3, new float[] { 0, 1 })]
    public void Without_rows_of_every_class_there_is_no_area(int outputs, float[] targets) => RocAuc.Of(new float[2 * outputs], outputs, targets).ShouldBeNull();

    [Fact]
    public void A_monotone_change_of_the_scores_does_not_change_the_area()
    {
        float[] scores = Draw.Numbers(500, 71), targets = [.. Draw.Numbers(500, 72).Select(x => x > 0.1f ? 1f : 0f)];
        RocAuc.Of([.. scores.Select(s => s * s * s + 7)], 1, targets).ShouldNotBeNull().ShouldBe(RocAuc.Of(scores, 1, targets)!.Value, 1e-4); // adding 7 rounds a few into ties
        RocAuc.Of([.. scores.Select(s => -s)], 1, targets).ShouldNotBeNull().ShouldBe(1 - RocAuc.Of(scores, 1, targets)!.Value, 1e-12);
    }

    [Fact]
    public void A_model_that_diverged_earns_nothing()
    {
        float[] nothing = [.. Enumerable.Repeat(float.NaN, 6)];
        ClassificationMetrics.Accuracy(nothing, 3, [0, 1]).ShouldBe(0);
        ClassificationMetrics.Accuracy(nothing, 1, [0, 1, 0, 1, 0, 1]).ShouldBe(0);
        ClassificationMetrics.MacroF1(nothing, 3, [0, 1]).ShouldBe(0);
        RocAuc.Of(nothing, 1, [0, 1, 0, 1, 0, 1]).ShouldBeNull();
        RegressionMetrics.MeanAbsoluteError(nothing, new float[6]).ShouldBeNull();
        RegressionMetrics.RootMeanSquaredError(nothing, new float[6]).ShouldBeNull();
        RegressionMetrics.R2(nothing, [1, 2, 3, 4, 5, 6]).ShouldBeNull();
    }

    [Fact]
    public void Without_rows_there_is_no_figure()
    {
        ClassificationMetrics.Accuracy([], 3, []).ShouldBeNull();
        ClassificationMetrics.MacroF1([], 3, []).ShouldBeNull();
        RocAuc.Of([], 3, []).ShouldBeNull();
        RegressionMetrics.MeanAbsoluteError([], []).ShouldBeNull();
        RegressionMetrics.RootMeanSquaredError([], []).ShouldBeNull();
        RegressionMetrics.R2([], []).ShouldBeNull();
    }

    [Fact]
    public void Of_equal_targets_no_variance_can_be_explained() => RegressionMetrics.R2([1, 2, 3], [0.1f, 0.1f, 0.1f]).ShouldBeNull();

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => ClassificationMetrics.Accuracy(new float[5], 2, [0, 1])).Message.ShouldBe("2 rows of 2 outputs need 4 predictions, but got 5.");
        Should.Throw<InvalidOperationException>(() => ClassificationMetrics.Accuracy(new float[6], 3, [0, 3]));
        Should.Throw<InvalidOperationException>(() => RocAuc.Of(new float[2], 1, [0, 0.5f]));
    }

    private sealed record Expected(Classes[] Classes, Values Values);

    private sealed record Classes(string Name, int Outputs, float[] Predictions, float[] Targets, double Accuracy, double Auc, double F1);

    private sealed record Values(float[] Predictions, float[] Targets, double MeanAbsoluteError, double RootMeanSquaredError, double R2);
}
