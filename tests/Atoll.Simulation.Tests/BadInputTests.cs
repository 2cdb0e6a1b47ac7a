using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Everything that can be found wrong is found before training starts, and says what it must be and what it was.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Baseline = "centralized: { kind: centralized, epochs: 1 }\n  ";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void An_unknown_arm_is_answered_with_the_nearest_name()
    {
        RunRequest request = _lab.Request(_lab.ThreeClasses()) with { Arms = ["fedavg", "scafold"] };

        Should.Throw<RunException>(() => ExperimentRun.Prepare(request)).Message
            .ShouldBe("An arm must be one of centralized, central-momentum, local, fedavg, fedprox, scaffold, feddyn, fednova, fedavgm, fedadagrad, fedadam, fedbuff, fedyogi, "
                + "but 'scafold' is none; did you mean 'scaffold'?");
        Should.Throw<RunException>(() => ExperimentRun.Prepare(request with { Arms = ["x"] })).Message.ShouldEndWith("but 'x' is none.");
    }

    [Theory]
    [InlineData("cnn: { kind: federated, model: { kind: cnn, convolutions: [{ channels: 2 }] } }", "Arm cnn: A convolutional network needs images of [height, width, channels], but the data's samples have shape")]
    [InlineData("line: { kind: federated, model: { kind: linear } }", "Arm line: Linear regression needs a label that is a value, but got 3 classes.")]
    [InlineData("wrong: { kind: federated, metrics: [accuracy, r2] }", "Arm wrong: Metric r2 needs a label that is a value, but this label is a class.")]
    [InlineData("many: { kind: federated, selection: { kind: uniform, count: 5 } }", "Arm many: A uniform selection of 5 sites needs at least as many sites to choose from, but there are 4.")]
    [InlineData("many: { kind: federated, selection: { kind: weighted, count: 5 } }", "Arm many: A weighted selection of 5 sites needs at least as many sites to choose from, but there are 4.")]
    [InlineData("still: { kind: federated, rounds: 60, training: { optimizer: { kind: sgd, learning-rate: 0.1, schedule: { kind: exponential, gamma: 0.1 } } } }", "Arm still: the schedule must leave a learning rate above 0 to every round, but leaves 0 to round")]
    [InlineData("still: { kind: local, epochs: 3, training: { optimizer: { kind: sgd, learning-rate: 0.1, schedule: { kind: step, every: 2, gamma: 0 } } } }", "but leaves 0 to round 3 of 3.")]
    public void An_arm_that_cannot_be_trained_is_named_with_its_reason(string arm, string message)
    {
        string folder = _lab.NewFolder();
        Experiment experiment = _lab.ThreeClasses(Baseline + arm);

        Should.Throw<InvalidOperationException>(() => ExperimentRun.Prepare(_lab.Request(experiment, folder))).Message.ShouldContain(message);

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void A_metric_of_classes_does_not_go_with_a_value()
    {
        _lab.Write("plane.csv", Rows.Plane());
        Experiment experiment = _lab.Parse("""
            name: plane
            data: { csv: [plane.csv], label: y, site: site }
            model: { kind: linear }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 } }
            metrics: [loss, f1]
            arms: { centralized: { kind: centralized } }
            """);

        Should.Throw<InvalidOperationException>(() => ExperimentRun.Prepare(_lab.Request(experiment))).Message
            .ShouldBe("Arm centralized: Metric f1 needs a label that is a class, but this label is a value.");
    }

    [Fact]
    public void More_sites_than_rows_are_refused()
    {
        Experiment experiment = Virtual("{ kind: iid, sites: 121 }");

        Should.Throw<InvalidOperationException>(() => ExperimentRun.Prepare(_lab.Request(experiment))).Message.ShouldContain("Partition iid over 121 sites needs at least 121 rows (1 a site), but there are 120.");
    }

    [Fact]
    public void Where_no_site_has_a_row_to_test_on_the_run_is_refused()
    {
        Experiment experiment = Virtual("{ kind: iid, sites: 120 }");

        Should.Throw<InvalidOperationException>(() => ExperimentRun.Prepare(_lab.Request(experiment))).Message
            .ShouldContain("some site must have test rows, but none of the 120 has. Raise test-fraction, or use fewer sites.");
    }

    [Fact]
    public void A_site_with_nothing_to_train_on_is_refused()
    {
        _lab.Write("rows.csv", "x,y,site,split\n1,a,s0,train\n2,b,s0,train\n3,a,s0,test\n1,a,s1,test\n2,b,s1,test\n");
        Experiment experiment = _lab.Parse("""
            name: empty
            data: { csv: [rows.csv], label: y, site: site, split: split }
            model: { kind: logistic }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 } }
            arms: { fedavg: { kind: federated } }
            """);

        Should.Throw<DataException>(() => ExperimentRun.Prepare(_lab.Request(experiment))).Message.ShouldContain("Site 's1' must have training rows, but all its 2 rows are for testing.");
    }

    [Fact]
    public void Labels_that_only_test_rows_have_are_told_of()
    {
        string rows = "x,y,site,split\n1,a,s0,train\n2,b,s0,train\n3,a,s0,test\n1,a,s1,train\n2,b,s1,train\n";
        _lab.Write("known.csv", rows);
        _lab.Write("unknown.csv", rows + "4,c,s1,test\n5,d,s0,test\n");

        Untrained("known.csv").ShouldBeNull();
        Untrained("unknown.csv").ShouldBe(["c", "d"]);

        IReadOnlyList<string>? Untrained(string file) => ExperimentRun.Prepare(_lab.Request(_lab.Parse($$"""
            name: late
            data: { csv: [{{file}}], label: y, site: site, split: split }
            model: { kind: logistic }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 } }
            arms: { fedavg: { kind: federated } }
            """))).Plan.Data.UntrainedClasses;
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_catalog_entry_that_was_not_fetched_are_named()
    {
        Experiment experiment = _lab.ThreeClasses(Baseline);
        File.Delete(_lab["rows.csv"]);
        Should.Throw<DataException>(() => ExperimentRun.Prepare(_lab.Request(experiment))).Message.ShouldContain("rows.csv");

        Experiment mnist = _lab.Parse("""
            name: images
            data: { catalog: mnist }
            partition: { kind: iid, sites: 2 }
            model: { kind: logistic }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 } }
            arms: { fedavg: { kind: federated } }
            """);
        Should.Throw<DataException>(() => ExperimentRun.Prepare(_lab.Request(mnist) with { DataFolder = _lab["no-data"] })).Message.ShouldContain("atoll data get mnist");
    }

    [Fact]
    public void Numbers_of_threads_and_seeds_below_one_are_refused()
    {
        Experiment experiment = _lab.ThreeClasses(Baseline);

        Should.Throw<ArgumentOutOfRangeException>(() => _lab.Request(experiment, threads: 0)).Message.ShouldContain("Threads must be at least 1 (was 0)");
        Should.Throw<ArgumentOutOfRangeException>(() => _lab.Request(experiment) with { Repeat = 0 }).Message.ShouldContain("Repeat must be at least 1 (was 0)");
    }

    private Experiment Virtual(string partition)
    {
        _lab.Write("rows.csv", Rows.ThreeClasses());
        return _lab.Parse($$"""
            name: virtual
            data: { csv: [rows.csv], label: y, ignore: [site] }
            partition: {{partition}}
            model: { kind: logistic }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 } }
            arms: { fedavg: { kind: federated } }
            """);
    }
}
