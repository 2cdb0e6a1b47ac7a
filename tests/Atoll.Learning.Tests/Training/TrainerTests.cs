using Atoll.Learning.Data;
using Atoll.Learning.Evaluation;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Tests.Kernels;
using Atoll.Learning.Training;

namespace Atoll.Learning.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Dataset s_data = Blobs.Of(new Shape(7), rows: 53, classes: 3);
    private static readonly Network s_network = new Mlp { Hidden = [9], Dropout = 0.1f }.Build(s_data.Sample, 3);

    [Fact]
    public void It_learns()
    {
        float[] w = s_network.Initialize(1);
        Trainer trainer = new(s_network, new Sgd { LearningRate = 0.2f, Momentum = 0.9f }, 10);
        double first = trainer.Train(w, s_data, s_data.All(), new Assignment(1, 0, 0, 0.2f, Epochs: 1)).MeanLoss;
        double last = trainer.Train(w, s_data, s_data.All(), new Assignment(1, 0, 1, 0.2f, Epochs: 40)).MeanLoss;
        var predictions = new float[53 * 3];
        new Workspace(s_network, 16).Predict(w, s_data, s_data.All(), predictions, new double[53]);

        last.ShouldBeLessThan(first / 3);
        ClassificationMetrics.Accuracy(predictions, 3, s_data.Targets).ShouldNotBeNull().ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void The_same_assignment_gives_the_same_bytes_and_any_other_key_gives_others()
    {
        Assignment assignment = new(Seed: 4, Client: 2, Round: 3, 0.1f, Epochs: 2);
        float[] trained = Run(assignment);
        Run(assignment).ShouldBe(trained);
        foreach (var other in (Assignment[])[assignment with { Seed = 5 }, assignment with { Client = 3 }, assignment with { Round = 4 }])
        {
            Run(other).ShouldNotBe(trained);
        }
    }

    [Fact]
    public void Steps_that_make_up_the_epochs_give_the_bytes_of_the_epochs() =>
        Run(new Assignment(4, 0, 0, 0.1f, Epochs: 0, Steps: 3 * 6)).ShouldBe(Run(new Assignment(4, 0, 0, 0.1f, Epochs: 3))); // 53 rows are 6 batches of 10, the last of 3

    [Fact]
    public void An_epoch_shows_every_row_once()
    {
        float[] w = s_network.Initialize(1);
        var outcome = new Trainer(s_network, new Sgd { LearningRate = 0.1f }, 10).Train(w, s_data, s_data.All(), new Assignment(4, 0, 0, 0.1f, Epochs: 5));
        (outcome.Steps, outcome.Samples).ShouldBe((5 * 6, 5 * 53));
    }

    [Fact]
    public void One_epoch_in_one_batch_is_a_step_along_the_whole_gradient_whatever_the_order()
    {
        var logistic = new Logistic().Build(s_data.Sample, 3);
        float[] w = logistic.Initialize(1), gradient = new float[logistic.ParameterCount];
        new Workspace(logistic, 53).Gradient(w, s_data, s_data.All(), new Learning.Layers.Pass(53), gradient);
        float[] expected = [.. w.Zip(gradient, (a, g) => a - 0.5f * g)];

        new Trainer(logistic, new Sgd { LearningRate = 0.5f }, 53).Train(w, s_data, s_data.All(), new Assignment(4, 0, 0, 0.5f, Epochs: 1));

        w.Zip(expected, (a, b) => MathF.Abs(a - b)).Max().ShouldBeLessThan(1e-6f); // sums in another order
    }

    [Fact]
    public void A_change_sees_and_may_replace_every_gradient()
    {
        float[] w = s_network.Initialize(1), before = [.. w];
        int calls = 0;
        new Trainer(s_network, new Sgd { LearningRate = 1 }, 10).Train(w, s_data, s_data.All(), new Assignment(4, 0, 0, 1, Epochs: 1), (gradient, weights) =>
        {
            calls++;
            weights.Length.ShouldBe(gradient.Length);
            gradient.Fill(1);
        });
        calls.ShouldBe(6);
        w.Zip(before, (after, b) => after - b).Distinct().ShouldAllBe(d => MathF.Abs(d + 6) < 1e-5f);
    }

    [Fact]
    public void Training_that_diverges_stops_and_says_so()
    {
        foreach (var network in (Network[])[s_network, new Mlp { Hidden = [5] }.Build(s_data.Sample, 0), new Mlp { Hidden = [5], Loss = RegressionLoss.Huber }.Build(s_data.Sample, 0)])
        {
            float[] w = network.Initialize(1);
            var outcome = new Trainer(network, new Sgd { LearningRate = 1e30f }, 10).Train(w, s_data, s_data.All(), new Assignment(4, 0, 0, 1e30f, Epochs: 100));
            double.IsFinite(outcome.MeanLoss).ShouldBeFalse();
            outcome.Steps.ShouldBeLessThan(600);
        }
    }

    [Fact]
    public void How_many_rows_are_predicted_at_once_changes_no_bit()
    {
        float[] w = s_network.Initialize(1), one = new float[53 * 3], many = new float[53 * 3];
        double[] losses = new double[53], same = new double[53];
        new Workspace(s_network, 1).Predict(w, s_data, s_data.All(), one, losses);
        new Workspace(s_network, 53).Predict(w, s_data, s_data.All(), many, same);
        ((ReadOnlySpan<float>)one).ShouldHaveTheBitsOf(many, "predictions");
        losses.ShouldBe(same);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Trainer trainer = new(s_network, new Sgd { LearningRate = 0.1f }, 10);
        float[] w = s_network.Initialize(1);
        Assignment once = new(1, 0, 0, 0.1f, Epochs: 1);
        Should.Throw<InvalidOperationException>(() => trainer.Train(w, s_data, [], once)).Message.ShouldContain("1 row");
        Should.Throw<InvalidOperationException>(() => trainer.Train(w, s_data, s_data.All(), once with { Epochs = 0 })).Message.ShouldContain("0 epochs");
        Should.Throw<InvalidOperationException>(() => trainer.Train(new float[3], s_data, s_data.All(), once)).Message.ShouldContain("but got 3");
        Should.Throw<InvalidOperationException>(() => trainer.Train(w, Blobs.Of(new Shape(6), 5, 3), [0, 1], once)).Message.ShouldContain("[6]");
        Should.Throw<ArgumentOutOfRangeException>(() => new Trainer(s_network, new Sgd { LearningRate = 0.1f }, 0));
        Should.Throw<InvalidOperationException>(() => new Workspace(s_network, 500_000_000)).Message.ShouldContain("A batch of 500000000 needs a buffer of 3500000000 numbers");
    }

    [Fact]
    public void A_cancelled_training_stops_before_its_next_step()
    {
        using CancellationTokenSource cancel = new();
        int steps = 0;
        Should.Throw<OperationCanceledException>(() => new Trainer(s_network, new Sgd { LearningRate = 0.1f }, 10).Train(
            s_network.Initialize(1), s_data, s_data.All(), new Assignment(1, 0, 0, 0.1f, Epochs: 9), (_, _) =>
            {
                if (++steps == 3)
                {
                    cancel.Cancel();
                }
            }, cancel.Token));
        steps.ShouldBe(3);
    }

    private static float[] Run(Assignment assignment)
    {
        float[] w = s_network.Initialize(1);
        new Trainer(s_network, new Sgd { LearningRate = 0.1f }, 10).Train(w, s_data, s_data.All(), assignment);
        return w;
    }
}
