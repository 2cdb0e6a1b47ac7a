using Atoll.Learning.Losses;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Losses;

public sealed class LossTests
{
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, Loss> s_losses = new()
    {
        ["softmax cross-entropy"] = new SoftmaxCrossEntropy(5),
        ["binary cross-entropy"] = new BinaryCrossEntropy(),
        ["squared error"] = new SquaredError(),
        ["huber, delta 1"] = new Huber(1),
        ["huber, delta 2.5"] = new Huber(2.5f),
    };

    public static TheoryData<string> Names => [.. s_losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_gradient_and_prediction_are_those_of_PyTorch(string name)
    {
        var expected = Fixture.Read<Expected[]>("losses.json").Single(e => e.Name == name);
        Loss loss = s_losses[name];
        float[] outputs = Draw.Numbers(expected.Targets.Length * loss.Outputs, 5, 10), gradient = new float[outputs.Length];

        (loss.Evaluate(outputs, expected.Targets, gradient) / expected.Targets.Length).ShouldBe(expected.Mean, expected.Mean * Tolerance);
        ((ReadOnlySpan<float>)gradient).ShouldBeCloseTo(expected.Gradient, Tolerance, "gradient");
        loss.Evaluate(outputs, expected.Targets, []).ShouldBe(loss.Evaluate(outputs, expected.Targets, gradient)); // the same bits without a gradient

        loss.Predict(outputs);
        ((ReadOnlySpan<float>)outputs).ShouldBeCloseTo(expected.Predictions, Tolerance, "predictions");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_that_diverged_gives_a_loss_that_is_not_finite_and_no_exception(string name)
    {
        Loss loss = s_losses[name];
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity])
        {
            float[] outputs = [.. Enumerable.Repeat(value, loss.Outputs)];
            double.IsFinite(loss.Evaluate(outputs, [0], new float[loss.Outputs])).ShouldBeFalse();
            loss.Predict(outputs);
        }
    }

    [Fact]
    public void Outputs_far_apart_do_not_overflow()
    {
        new SoftmaxCrossEntropy(3).Evaluate([1e30f, -1e30f, 0], [1], new float[3]).ShouldBe(2e30, 1e24);
        new BinaryCrossEntropy().Evaluate([-1e30f], [1], new float[1]).ShouldBe(1e30, 1e24);
        new BinaryCrossEntropy().Evaluate([1e30f], [1], new float[1]).ShouldBe(0);
    }

    /// <summary>What is left of the loss of a sure and right answer is e⁻ᶻ, which 1 + e⁻ᶻ cannot hold in single precision.</summary>
    [Theory]
    [InlineData(10f)]
    [InlineData(15f)]
    [InlineData(17f)]
    [InlineData(30f)]
    [InlineData(80f)]
    public void A_sure_and_right_answer_has_the_loss_that_double_precision_gives(float z)
    {
        double two = Math.Exp(-z) - Math.Exp(-2 * z) / 2, three = 2 * Math.Exp(-z) - 2 * Math.Exp(-2 * z); // log(1 + u) = u − u²/2 + …
        const double relative = 1e-6;

        new BinaryCrossEntropy().Evaluate([z], [1], []).ShouldBe(two, two * relative);
        new BinaryCrossEntropy().Evaluate([-z], [0], []).ShouldBe(two, two * relative);
        new SoftmaxCrossEntropy(2).Evaluate([0, z], [1], []).ShouldBe(two, two * relative);
        new SoftmaxCrossEntropy(3).Evaluate([0, z, 0], [1], new float[3]).ShouldBe(three, three * relative);
        new SoftmaxCrossEntropy(100).Evaluate([.. Enumerable.Repeat(-1000f, 97), 0, z, 0], [98], []).ShouldBe(three, three * relative); // the largest in a later part
    }

    [Fact]
    public void Many_classes_give_the_same_bits_with_and_without_a_gradient()
    {
        SoftmaxCrossEntropy loss = new(1_000);
        float[] outputs = Draw.Numbers(2_000, 51, 8), gradient = new float[2_000];
        loss.Evaluate(outputs, [3, 999], []).ShouldBe(loss.Evaluate(outputs, [3, 999], gradient));
        gradient.Sum(g => (double)g).ShouldBe(0, 1e-6); // each row of softmax − onehot sums to 0
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(3f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void A_target_that_is_no_class_is_refused(float target)
    {
        Should.Throw<InvalidOperationException>(() => new SoftmaxCrossEntropy(3).Evaluate([1, 2, 3], [target], []));
        Should.Throw<InvalidOperationException>(() => new BinaryCrossEntropy().Evaluate([1], [target], []));
    }

    private sealed record Expected(string Name, float[] Targets, double Mean, double[] Gradient, double[] Predictions);
}
