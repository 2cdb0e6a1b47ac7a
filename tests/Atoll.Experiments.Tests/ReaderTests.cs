using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;

namespace Atoll.Experiments.Tests;

public sealed class ReaderTests
{
    [Fact]
    public void The_hospitals_file_reads_to_what_it_says()
    {
        Experiment experiment = Examples.Parse(Examples.Hospitals);

        experiment.Name.ShouldBe("hospitals");
        experiment.Seed.ShouldBe(7ul);
        experiment.Baseline.ShouldBe("centralized");
        experiment.Arms.Keys.ShouldBe(["centralized", "local", "fedavg", "fedprox", "fedadam"]);
        DataSettings data = experiment.Arms["fedprox"].Data;
        data.Csv.ShouldBe([Path.Combine(Examples.Folder, "cleveland.csv"), Path.Combine(Examples.Folder, "hungary.csv")]);
        (data.Label, data.Site, data.Split, data.TestFraction).ShouldBe(("disease", "center", "split", null));
        (data.Standardize.ToString(), data.Missing.ToString()).ShouldBe(("PerSite", "DropRow"));
        data.Ignore.ShouldBe(["patient-id"]);
        FederatedArm prox = experiment.Arms["fedprox"].ShouldBeOfType<FederatedArm>();
        prox.Rounds.ShouldBe(15);
        prox.LocalObjective.ShouldBeOfType<FedProx>().Mu.ShouldBe(0.01f);
        prox.Model.ShouldBeOfType<Logistic>();
        prox.Training.Optimizer.ShouldBeOfType<Sgd>().LearningRate.ShouldBe(0.001f);
        (prox.Training.BatchSize, prox.Training.LocalSteps, prox.Training.LocalEpochs).ShouldBe((4, 100, null));
        prox.Metrics.ShouldBe([Metric.Accuracy, Metric.Auc, Metric.Loss]);
        experiment.Arms["centralized"].ShouldBeOfType<CentralizedArm>().Epochs.ShouldBe(50);
        experiment.Arms["centralized"].Training.Optimizer.ShouldBeOfType<Adam>();
        experiment.Arms["fedadam"].ShouldBeOfType<FederatedArm>().ServerOptimizer.ShouldBeOfType<FedAdam>().LearningRate.ShouldBe(0.01f);
    }
}
