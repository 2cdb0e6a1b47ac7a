using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;

namespace Atoll.Client.Tests;

/// <summary>Local training against the papers' rules written out by hand (<see cref="ReferenceSite"/>), over three rounds.</summary>
public sealed class SiteTrainingTests
{
    private const int Steps = 5;
    private const float Rate = 0.05f;
    private const double Tolerance = 1e-5;

    private static readonly double[][] X = [[1, 0.5], [-0.5, 2], [0.25, -1], [1.5, 1], [-1, -0.75], [0.5, 0.25]];
    private static readonly double[] Y = [1, -2, 0.5, 3, -1.5, 0.25];
    private static readonly Dataset Data = new(new Shape(2), [.. X.SelectMany(row => row.Select(value => (float)value))], [.. Y.Select(value => (float)value)], []);
    private static readonly int[] All = [0, 1, 2, 3, 4, 5];
    private static readonly Network Line = new LinearRegression().Build(new Shape(2), 0);

    private readonly ReferenceSite _reference = new(X, Y);
    private readonly float[] _state = new float[3];

    [Fact]
    public void Plain_training_is_gradient_descent() =>
        Compare(Client(new Plain()), (global, _, rate) => _reference.Plain(global, Steps, rate));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 0.1f)]
    public void Momentum_starts_from_rest_in_every_round(bool nesterov, float decay) => Compare(
        Client(new Plain(), new Sgd { LearningRate = Rate, Momentum = 0.9f, Nesterov = nesterov, WeightDecay = decay }),
        (global, _, rate) => _reference.Plain(global, Steps, rate, 0.9f, nesterov, decay));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5f)]
    public void Fedprox_pulls_towards_the_global_weights(float momentum) => Compare(
        Client(new FedProx { Mu = 2 }, new Sgd { LearningRate = Rate, Momentum = momentum }),
        (global, _, rate) => _reference.Prox(global, Steps, rate, 2, momentum));

    [Fact]
    public void Scaffold_corrects_by_its_controls_and_renews_its_own() =>
        Compare(Client(new Scaffold()), (global, control, rate) => _reference.Scaffold(global, control, Steps, rate), control: [0.5f, -0.25f, 0.125f]);

    [Fact]
    public void Feddyn_remembers_where_it_was_pulled() =>
        Compare(Client(new FedDyn { Alpha = 0.5f }), (global, _, rate) => _reference.Dyn(global, Steps, rate, 0.5f));

    [Fact]
    public void Adams_moments_start_from_nothing_in_every_round()
    {
        SiteTraining client = Client(new Plain(), new Adam { LearningRate = 0.1f });

        float[] first = [.. Train(client, Task(1, [1, 2, 3], steps: 1)).Update], again = [.. Train(client, Task(2, [1, 2, 3], steps: 1)).Update];

        // Adam's first step is η in each direction, whatever the gradient's size.
        first.ShouldAllBe(change => Math.Abs(Math.Abs(change) - 0.1) < 1e-5);
        again.ShouldBe(first);
    }

    [Fact]
    public void The_update_says_what_was_done()
    {
        SiteTraining client = Client(new Plain(), new Sgd { LearningRate = Rate, Momentum = 0.5f }, batch: 4);

        SiteUpdate update = client.Train(Task(7, [1, 2, 3], epochs: 3), 9, All, [], seed: 1, CancellationToken.None);

        update.Site.ShouldBe(9);
        update.Round.ShouldBe(7);
        update.Rows.ShouldBe(6);
        update.Steps.ShouldBe(6);    // two batches a pass, of 4 and 2
        update.Samples.ShouldBe(18);
        update.EffectiveSteps.ShouldBe(FedNova.EffectiveSteps(6, 0.5), 1e-9);
        update.ControlChange.ShouldBeEmpty();
        client.Train(Task(7, [1, 2, 3], steps: 3), 9, All, [], seed: 1, CancellationToken.None).Samples.ShouldBe(10); // 4, 2, and 4 of the next pass
    }

    [Fact]
    public void The_training_loss_is_the_mean_over_the_steps_before_each_step()
    {
        SiteUpdate update = Train(Client(new Plain()), Task(1, [0, 0, 0], steps: 1));

        update.TrainingLoss.ShouldBe(Y.Average(y => y * y), 1e-6); // weights of zero predict zero
    }

    [Fact]
    public void The_same_task_gives_the_same_bytes_whatever_was_trained_before()
    {
        SiteTraining used = Client(new FedProx { Mu = 0.1f }, new Adam { LearningRate = 0.1f }, batch: 2), fresh = Client(new FedProx { Mu = 0.1f }, new Adam { LearningRate = 0.1f }, batch: 2);
        used.Train(Task(1, [9, 9, 9], epochs: 2), 4, [0, 1, 2], [], 3, CancellationToken.None);

        float[] one = [.. used.Train(Task(2, [1, 2, 3], epochs: 2), 5, All, [], 3, CancellationToken.None).Update];
        float[] two = [.. fresh.Train(Task(2, [1, 2, 3], epochs: 2), 5, All, [], 3, CancellationToken.None).Update];

        one.ShouldBe(two);
        fresh.Train(Task(2, [1, 2, 3], epochs: 2), 6, All, [], 3, CancellationToken.None).Update.ShouldNotBe(one); // another site shuffles otherwise
    }

    [Fact]
    public void Training_leaves_the_global_weights_and_the_control_alone()
    {
        RoundTask task = Task(1, [1, 2, 3], steps: 3, control: [0.5f, 0.5f, 0.5f]);

        Train(Client(new Scaffold()), task);

        task.Weights.ShouldBe([1, 2, 3]);
        task.Control.ShouldBe([0.5f, 0.5f, 0.5f]);
    }

    [Theory]
    [InlineData(1e30f, 20)]
    [InlineData(3e38f, 1)] // by the only step: the loss before it is finite
    public void Diverged_training_says_so_and_leaves_the_sites_state_as_it_was(float rate, int steps)
    {
        SiteUpdate update = Train(Client(new Scaffold(), new Sgd { LearningRate = rate }), Task(1, [1, 2, 3], steps: steps, control: [0, 0, 0]));

        (double.IsFinite(update.TrainingLoss) && update.Update.All(float.IsFinite)).ShouldBeFalse();
        _state.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void A_pull_that_overshoots_is_refused_with_its_numbers()
    {
        SiteTraining client = Client(new FedProx { Mu = 100 });

        Should.Throw<LocalTrainingException>(() => Train(client, Task(1, [1, 2, 3], steps: 2))).Message
            .ShouldBe("2 steps must lead away from the global weights, but with learning rate 0.05 the local objective's pull of 100 overshoots (they are worth -3). Choose the product of the two well below 2.");
        Train(client, Task(1, [1, 2, 3], steps: 1)).EffectiveSteps.ShouldBe(1); // the first step starts at the global weights, where nothing pulls
    }

    [Fact]
    public void A_task_that_cannot_be_done_is_refused()
    {
        SiteTraining client = Client(new Plain());

        Should.Throw<InvalidOperationException>(() => Train(client, Task(1, [1, 2, 3]))).Message.ShouldBe("A task needs either local epochs or local steps, but got neither.");
        Should.Throw<InvalidOperationException>(() => Train(client, Task(1, [1, 2, 3], epochs: 1, steps: 1))).Message.ShouldBe("A task needs either local epochs or local steps, but got both.");
        Should.Throw<InvalidOperationException>(() => Train(client, Task(1, [1, 2], steps: 1))).Message.ShouldBe("The global weights must be the model's 3 (were 2).");
        Should.Throw<InvalidOperationException>(() => client.Train(Task(1, [1, 2, 3], steps: 1), 0, [], [], 1, CancellationToken.None)).Message.ShouldContain("at least 1 row");
    }

    [Fact]
    public void A_cancelled_task_leaves_the_sites_state_as_it_was()
    {
        Should.Throw<OperationCanceledException>(() => Client(new Scaffold()).Train(Task(1, [1, 2, 3], steps: 3, control: [1, 1, 1]), 0, All, _state, 1, new CancellationToken(canceled: true)));

        _state.ShouldBe([0, 0, 0]);
    }

    private static SiteTraining Client(ILocalObjective objective, IOptimizer? optimizer = null, int batch = 100) =>
        new(Line, new TrainingSettings { Optimizer = optimizer ?? new Sgd { LearningRate = Rate }, BatchSize = batch }, objective, Data);

    private static RoundTask Task(int round, float[] weights, int? epochs = null, int? steps = null, float[]? control = null, float factor = 1) =>
        new() { Round = round, Weights = weights, Control = control ?? [], LocalEpochs = epochs, LocalSteps = steps, LearningRateFactor = factor };

    private SiteUpdate Train(SiteTraining client, RoundTask task) => client.Train(task, 0, All, _state, seed: 1, CancellationToken.None);

    /// <summary>Three rounds with a learning rate that changes, each from where the last update led.</summary>
    private void Compare(SiteTraining client, Func<double[], double[], double, double[]> reference, float[]? control = null)
    {
        float[] weights = [0.5f, -1, 0.25f];
        for (int round = 1; round <= 3; round++)
        {
            float factor = 1f / round;
            SiteUpdate update = Train(client, Task(round, weights, steps: Steps, control: control, factor: factor));

            double[] expected = reference([.. weights.Select(w => (double)w)], [.. (control ?? []).Select(c => (double)c)], Rate * factor);

            Close(update.Update, expected);
            Close(_state, _reference.State); // zero where the objective keeps none
            Close(update.ControlChange, _reference.ControlChange);
            weights = [.. weights.Zip(update.Update, (w, change) => w + change)];
            control = control is null ? null : [.. control.Select(c => c * 0.5f)];
        }
    }

    private static void Close(float[] actual, double[] expected) => actual.Select(value => (double)value).ToArray().ShouldBe(expected, Tolerance);
}
