namespace Atoll.Experiments.Tests;

/// <summary>Each wrong file, and every word of what the user is told.</summary>
public sealed class BadFieldTests
{
    private const string Good = """
        name: small
        data: { catalog: digits }
        partition: { kind: iid, sites: 4 }
        model: { kind: logistic }
        training:
          optimizer: { kind: sgd, learning-rate: 0.1 }
          batch-size: 8
        arms:
          fedavg:
            kind: federated
            rounds: 5
        """;

    [Fact]
    public void The_file_that_these_tests_spoil_is_good() => Examples.Parse(Good).Arms.Count.ShouldBe(2);

    [Theory]
    // What is unknown, with the nearest valid name.
    [InlineData("batch-size: 8", "batchsize: 8", "e.yaml:7:3: training.batchsize is not a field here. Did you mean batch-size?")]
    [InlineData("rounds: 5", "round: 5", "e.yaml:11:5: arms.fedavg.round is not a field of kind federated. Did you mean rounds?")]
    [InlineData("rounds: 5", "epochs: 5", "e.yaml:11:5: arms.fedavg.epochs is not a field of kind federated (it is one of kind centralized or local).")]
    [InlineData("name: small", "name: small\nsede: 3", "e.yaml:2:1: sede is not a field here. Did you mean seed?")]
    [InlineData("kind: logistic", "kind: logistics", "e.yaml:4:16: model.kind must be logistic, linear, mlp, cnn, mcmahan-cnn or niid-bench-cnn (was \"logistics\"). Did you mean logistic?")]
    [InlineData("kind: federated", "kind: fedrated", "e.yaml:10:11: arms.fedavg.kind must be centralized, local or federated (was \"fedrated\"). Did you mean federated?")]
    [InlineData("catalog: digits", "catalog: digits, standardize: per-sit", "e.yaml:2:39: data.standardize must be per-site, pooled or none (was \"per-sit\"). Did you mean per-site?")]
    [InlineData("rounds: 5", "local-objective: { kind: plain, depth: 3 }", "e.yaml:11:37: arms.fedavg.local-objective.depth is not a field of kind plain; it has none.")]
    [InlineData("batch-size: 8", "metrics: 8", "e.yaml:7:3: training.metrics is not a field here: must be optimizer, batch-size, local-epochs or local-steps.")]
    // What has the wrong type.
    [InlineData("batch-size: 8", "batch-size: eight", "e.yaml:7:15: training.batch-size must be a whole number (was \"eight\").")]
    [InlineData("batch-size: 8", "batch-size: \"8\"", "e.yaml:7:15: training.batch-size must be a whole number (was \"8\"). Leave out the quotes.")]
    [InlineData("batch-size: 8", "batch-size: 8.0", "e.yaml:7:15: training.batch-size must be a whole number (was 8.0).")]
    [InlineData("batch-size: 8", "batch-size: 1_000", "e.yaml:7:15: training.batch-size must be a whole number (was \"1_000\").")]
    [InlineData("batch-size: 8", "batch-size: [8]", "e.yaml:7:15: training.batch-size must be a whole number (was a list).")]
    [InlineData("batch-size: 8", "batch-size: null", "e.yaml:7:15: training.batch-size must be a whole number (was null).")]
    [InlineData("batch-size: 8", "batch-size:", "e.yaml:7:14: training.batch-size has no value: must be a whole number.")]
    [InlineData("batch-size: 8", "batch-size: 99999999999", "e.yaml:7:15: training.batch-size must be a whole number from -2147483648 to 2147483647 (was 99999999999).")]
    [InlineData("learning-rate: 0.1", "learning-rate: .nan", "e.yaml:6:42: training.optimizer.learning-rate must be a finite number (was .nan).")]
    [InlineData("learning-rate: 0.1", "learning-rate: 1e39", "e.yaml:6:42: training.optimizer.learning-rate must be a number that single precision can hold (was 1e39).")]
    [InlineData("learning-rate: 0.1", "learning-rate: 1e-60", "e.yaml:6:42: training.optimizer.learning-rate must be 0 or a number that single precision can tell from 0 (was 1e-60).")]
    [InlineData("sites: 4", "sites: 4,1", "e.yaml:3:34: partition.1 is not a field of kind iid: must be sites.")]
    [InlineData("name: small", "name: 2024", "e.yaml:1:7: name must be text (was 2024). Put it in quotes.")]
    [InlineData("name: small", "name: small\nmetrics: accuracy", "e.yaml:2:10: metrics must be a list of accuracy, auc, loss, f1, mean-absolute-error, root-mean-squared-error or r2 (was \"accuracy\").")]
    [InlineData("name: small", "name: small\nmetrics: [auc, auc]", "e.yaml:2:16: metrics[1] must not repeat an item (was \"auc\", as in line 2).")]
    [InlineData("name: small", "name: small\nseed: -1", "e.yaml:2:7: seed must be a whole number from 0 to 18446744073709551615 (was -1).")]
    [InlineData("model: { kind: logistic }", "model: logistic", "e.yaml:4:8: model must be a mapping with kind logistic, linear, mlp, cnn, mcmahan-cnn or niid-bench-cnn (was \"logistic\"). Write { kind: logistic }.")]
    [InlineData("catalog: digits", "catalog: digits, drop-first: yes", "e.yaml:2:38: data.drop-first must be true or false (was \"yes\").")]
    [InlineData("batch-size: 8", "local-epochs: few", "e.yaml:7:17: training.local-epochs must be a whole number or a mapping with min or max (was \"few\").")]
    // What is out of range: the record's own words.
    [InlineData("batch-size: 8", "batch-size: 0", "e.yaml:7:15: training.batch-size must be at least 1 (was 0).")]
    [InlineData("batch-size: 8", "local-epochs: 0", "e.yaml:7:17: training.local-epochs must be at least 1 (was 0).")]
    [InlineData("batch-size: 8", "local-steps: 0", "e.yaml:7:16: training.local-steps must be at least 1 (was 0).")]
    [InlineData("rounds: 5", "local-objective: { kind: fed-prox, mu: -1 }", "e.yaml:11:44: arms.fedavg.local-objective.mu must be at least 0 (was -1).")]
    [InlineData("catalog: digits", "catalog: digits, test-fraction: 1.5", "e.yaml:2:41: data.test-fraction must be from 0.01 to 0.99 (was 1.5).")]
    [InlineData("rounds: 5", "selection: { kind: uniform, fraction: 0 }", "e.yaml:11:43: arms.fedavg.selection.fraction must be more than 0 and at most 1 (was 0).")]
    [InlineData("rounds: 5", "selection: { kind: weighted, fraction: 1.1 }", "e.yaml:11:44: arms.fedavg.selection.fraction must be more than 0 and at most 1 (was 1.1).")]
    // What is missing, given twice, or at odds.
    [InlineData("name: small\n", "", "e.yaml:1:1: name is missing: must be text.")]
    [InlineData(", learning-rate: 0.1", "", "e.yaml:6:14: training.optimizer.learning-rate is missing: must be a number.")]
    [InlineData("model: { kind: logistic }\n", "", "e.yaml:1:1: model is missing: must be a mapping with kind logistic, linear, mlp, cnn, mcmahan-cnn or niid-bench-cnn, at the top level or in the arm (centralized, fedavg).")]
    [InlineData("kind: iid, ", "", "e.yaml:3:12: partition.kind is missing: must be iid, dirichlet, shards, labels-per-site, quantity or feature-noise.")]
    [InlineData("    kind: federated\n", "", "e.yaml:9:3: arms.fedavg.kind is missing: must be centralized, local or federated.")]
    [InlineData("rounds: 5", "rounds: 5\n    rounds: 6", "e.yaml:12:5: arms.fedavg.rounds is given twice: first on line 11.")]
    [InlineData("batch-size: 8", "local-epochs: 1\n  local-steps: 9", "e.yaml:8:16: training.local-steps (line 8) and training.local-epochs (line 7) exclude each other: give one of them.")]
    [InlineData("catalog: digits", "label: x", "e.yaml:2:7: data must give csv or catalog (was neither).")]
    [InlineData("catalog: digits", "csv: [a.csv]", "e.yaml:2:7: data.label is missing: must be the column to predict, where the data is CSV.")]
    [InlineData("catalog: digits", "csv: [], label: x", "e.yaml:2:14: data.csv must name at least one file (was an empty list).")]
    [InlineData("catalog: digits", "catalog: digits, site: where", "e.yaml:3:12: partition (line 3) and data.site (line 2) exclude each other: a site column is a split already. An inherited one is taken away with partition: none or site: null.")]
    [InlineData("batch-size: 8", "local-epochs: { min: 5, max: 2 }", "e.yaml:7:17: training.local-epochs must have a min of at most its max (was 5 and 2).")]
    [InlineData("rounds: 5", "local-objective: { kind: fed-dyn }\n    aggregation: { kind: fed-nova }", "e.yaml:11:22: arms.fedavg.local-objective (line 11) and arms.fedavg.aggregation (line 12) contradict each other. The local objective fed-dyn needs the plain mean of the updates (fed-avg): its server state is the mean of the sites' states, which fed-nova's normalized mean would drift away from.")]
    [InlineData("rounds: 5", "local-objective: { kind: scaffold }\n    training: { optimizer: { kind: adam, learning-rate: 0.1 } }", "e.yaml:11:22: arms.fedavg.local-objective (line 11) needs arms.fedavg.training.optimizer (line 12) to be of kind sgd: scaffold works a site's mean gradient out of its update and the learning rate, which steps that are not proportional to the gradient do not allow (was adam).")]
    [InlineData("rounds: 5", "aggregation: { kind: fed-nova }\n    training: { optimizer: { kind: adam, learning-rate: 0.1 } }", "e.yaml:11:18: arms.fedavg.aggregation (line 11) needs arms.fedavg.training.optimizer (line 12) to be of kind sgd: fed-nova divides an update by the number of plain gradient steps it is worth, and steps that are not proportional to the gradient are worth no such number (was adam).")]
    [InlineData("rounds: 5", "aggregation: { kind: fed-nova }\n    buffered: { concurrency: 2 }", "e.yaml:11:18: arms.fedavg.aggregation (line 11) and arms.fedavg.buffered (line 12) contradict each other. fed-nova weighs steps that sites took from one model against each other, and in a buffer updates come from several models: use fed-avg.")]
    [InlineData("rounds: 5", "selection: { kind: uniform, count: 2 }\n    buffered: { concurrency: 2 }", "e.yaml:11:16: arms.fedavg.selection (line 11) and arms.fedavg.buffered (line 12) contradict each other. Where updates are buffered, no sites are selected for a round: any site without a task may get the next, as many at a time as concurrency says.")]
    [InlineData("rounds: 5", "buffered: { size: 3 }", "e.yaml:11:15: arms.fedavg.buffered.concurrency is missing: must be a whole number.")]
    [InlineData("rounds: 5", "local-objective: { kind: fed-dyn }\n    server-optimizer: { kind: fed-adam, learning-rate: 0.1 }", "e.yaml:11:22: arms.fedavg.local-objective (line 11) and arms.fedavg.server-optimizer (line 12) contradict each other. The local objective fed-dyn has a server step of its own, which sgd leaves as it is: momentum or an adaptive step would take its correction for a gradient.")]
    [InlineData("catalog: digits", "catalog: digit", "e.yaml:2:18: data.catalog must be digits, breast-cancer, heart-disease, mnist or fashion-mnist (was \"digit\"). Did you mean digits?")]
    [InlineData("  fedavg:", "  Fed Avg:", "e.yaml:9:3: An arm's name must be at most 64 of a-z, 0-9, - and _, begin with a letter or digit, and be no name that Windows reserves (was \"Fed Avg\").")]
    [InlineData("  fedavg:", "  con:", "e.yaml:9:3: An arm's name must be at most 64 of a-z, 0-9, - and _, begin with a letter or digit, and be no name that Windows reserves (was \"con\").")]
    [InlineData("  fedavg:", "  centralized:", "e.yaml:9:3: arms.centralized must be of kind centralized, as the name says: the file has no other baseline.")]
    [InlineData("name: small", "name: ../up", "e.yaml:1:7: name must be at most 64 letters, digits, - and _, begin with a letter or digit, and be no name that Windows reserves (was \"../up\").")]
    [InlineData("  fedavg:\n    kind: federated\n    rounds: 5", "  {}", "e.yaml:9:3: arms must be a mapping from each arm's name to its settings (was an empty mapping).")]
    [InlineData("  fedavg:\n    kind: federated\n    rounds: 5", "  [a]", "e.yaml:9:3: arms must be a mapping from each arm's name to its settings (was a list).")]
    public void One_fault_is_one_message(string good, string bad, string message)
    {
        Good.ShouldContain(good);

        string[] problems = Examples.Problems(Good.Replace(good, bad));

        problems.ShouldBe([message]);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_in_the_files_order()
    {
        string[] problems = Examples.Problems(Good.Replace("small", "a b").Replace("sites: 4", "sites: 0").Replace("0.1", "-0.1").Replace("rounds", "round"));

        problems.Select(p => p.Split(' ')[0]).ShouldBe(["e.yaml:1:7:", "e.yaml:3:32:", "e.yaml:6:42:", "e.yaml:11:5:"]);
    }

    [Theory]
    [InlineData("kind: federated\n    rounds: 5", "knid: federated\n    rounds: 5",
        "e.yaml:9:3: arms.fedavg.kind is missing: must be centralized, local or federated.|e.yaml:10:5: arms.fedavg.knid is not a field of any kind. Did you mean kind?")]
    [InlineData("kind: federated\n    rounds: 5", "kind: federatd\n    rounds: 0\n    epoch: 3",
        "e.yaml:10:11: arms.fedavg.kind must be centralized, local or federated (was \"federatd\"). Did you mean federated?|e.yaml:11:13: arms.fedavg.rounds must be at least 1 (was 0).|e.yaml:12:5: arms.fedavg.epoch is not a field of any kind. Did you mean epochs?")]
    [InlineData("kind: iid, sites: 4", "kind: id, sites: 0",
        "e.yaml:3:20: partition.kind must be iid, dirichlet, shards, labels-per-site, quantity or feature-noise (was \"id\"). Did you mean iid?|e.yaml:3:31: partition.sites must be at least 1 (was 0).")]
    [InlineData("model: { kind: logistic }\n", "model: { knd: mlp, hidden: [] }\n",
        "e.yaml:4:8: model.kind is missing: must be logistic, linear, mlp, cnn, mcmahan-cnn or niid-bench-cnn.|e.yaml:4:10: model.knd is not a field of any kind. Did you mean kind?")]
    public void What_hangs_on_a_kind_that_is_wrong_is_judged_as_far_as_it_can_be(string good, string bad, string messages)
    {
        Good.ShouldContain(good);

        Examples.Problems(Good.Replace(good, bad)).ShouldBe(messages.Split('|'));
    }

    [Fact]
    public void A_partition_that_cannot_be_read_is_not_called_missing_too()
    {
        string file = Good.Replace("kind: iid", "kind: id").Replace("data: { catalog: digits }", "data: { csv: [rows.csv], label: y }");
        file.ShouldContain("rows.csv");

        Examples.Problems(file).ShouldHaveSingleItem().ShouldStartWith("e.yaml:3:20: partition.kind must be iid");
    }

    [Fact]
    public void What_every_kind_of_arm_needs_is_missed_where_the_kind_is_wrong() =>
        Examples.Problems(Good.Replace("kind: federated", "kind: federatd").Replace("model: { kind: logistic }\n", "")).ShouldContain(
            "e.yaml:1:1: model is missing: must be a mapping with kind logistic, linear, mlp, cnn, mcmahan-cnn or niid-bench-cnn, at the top level or in the arm (fedavg).");

    [Fact]
    public void A_fault_at_the_top_level_is_found_where_no_arm_uses_the_field()
    {
        string[] problems = Examples.Problems(Good.Replace("rounds: 5", "rounds: 5\nepochs: 0").Replace("arms:\n", "arms:\n  c: { kind: centralized, epochs: 5 }\n"));

        problems.ShouldBe(["e.yaml:13:9: epochs must be at least 1 (was 0)."]);
    }

    [Fact]
    public void Rows_from_files_need_to_know_their_sites() =>
        Examples.Problems(Good.Replace("catalog: digits", "csv: [a.csv], label: x").Replace("partition: { kind: iid, sites: 4 }\n", ""))
            .ShouldBe(["e.yaml:9:5: arms.fedavg must have sites: give data.site (a column) or partition (was neither)."]);
}
