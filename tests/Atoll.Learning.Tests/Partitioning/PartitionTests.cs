using Atoll.Learning.Partitioning;
using Atoll.Learning.Randomness;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Partitioning;

public sealed class PartitionTests
{
    private static readonly Gen<(int Rows, int Classes, int Sites, ulong Seed)> Cases =
        from sites in Gen.Choose(1, 12)
        from classes in Gen.Choose(2, 10)
        from rows in Gen.Choose(400, 1500)
        from seed in Gen.Choose(0, int.MaxValue)
        select (rows, classes, sites, (ulong)seed);

    public static TheoryData<string> Kinds => ["iid", "dirichlet", "shards", "labels-per-site", "quantity", "feature-noise"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_row_has_one_of_the_sites_and_no_site_is_empty(string kind) => ForAll((rows, classes, sites, seed) =>
    {
        int[] assigned = Partition(kind, sites, classes).Assign(Labels(rows, classes, seed), classes, new Philox(seed, Purpose.Partition));

        assigned.Length.ShouldBe(rows);
        assigned.Distinct().Order().ShouldBe(Enumerable.Range(0, sites));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_seed_gives_one_assignment_and_another_seed_another(string kind)
    {
        float[] labels = Labels(1000, 10, 5);
        IPartition partition = Partition(kind, 8, 10);

        int[] first = partition.Assign(labels, 10, new Philox(1, Purpose.Partition));

        partition.Assign(labels, 10, new Philox(1, Purpose.Partition)).ShouldBe(first);
        partition.Assign(labels, 10, new Philox(2, Purpose.Partition)).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("iid")]
    [InlineData("feature-noise")]
    public void Equal_shares_differ_by_one_row_at_most(string kind) => ForAll((rows, classes, sites, seed) =>
    {
        int[] sizes = Sizes(Partition(kind, sites, classes).Assign(Labels(rows, classes, seed), classes, new Philox(seed, Purpose.Partition)), sites);

        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
    });

    [Fact]
    public void Labels_per_site_gives_each_site_exactly_that_many_labels_and_shares_each_label_evenly() => ForAll((rows, classes, sites, seed) =>
    {
        float[] labels = Labels(rows, classes, seed);
        LabelsPerSite partition = (LabelsPerSite)Partition("labels-per-site", sites, classes);

        int[] assigned = partition.Assign(labels, classes, new Philox(seed, Purpose.Partition));

        int[][] counts = Counts(labels, assigned, classes, sites);
        counts.ShouldAllBe(site => site.Count(count => count > 0) == partition.Labels);
        for (int label = 0; label < classes; label++)
        {
            int[] held = [.. counts.Select(site => site[label]).Where(count => count > 0)];
            (held.Max() - held.Min()).ShouldBeLessThanOrEqualTo(1);
        }
    });

    [Fact]
    public void McMahans_shards_give_a_client_600_rows_of_two_shards()
    {
        // 60,000 rows in ten labels of 6,000: each shard of 300 lies within one label.
        float[] labels = [.. Enumerable.Range(0, 60_000).Select(row => (float)(row % 10))];

        int[] assigned = new Shards { Sites = 100 }.Assign(labels, 10, new Philox(7, Purpose.Partition));

        int[][] counts = Counts(labels, assigned, 10, 100);
        Sizes(assigned, 100).ShouldAllBe(size => size == 600);
        counts.ShouldAllBe(site => site.All(count => count % 300 == 0) && site.Count(count => count > 0) <= 2);
        counts.Count(site => site.Count(count => count > 0) == 2).ShouldBeGreaterThan(70); // 19 of 20 pairs on average
    }

    [Fact]
    public void Dirichlet_and_quantity_respect_the_fewest_rows() => ForAll((rows, classes, sites, seed) =>
    {
        float[] labels = Labels(rows, classes, seed);

        Sizes(new Dirichlet { Sites = sites, Alpha = 1, MinimumRows = 5 }.Assign(labels, classes, new Philox(seed, Purpose.Partition)), sites).ShouldAllBe(size => size >= 5);
        Sizes(new Quantity { Sites = sites, Alpha = 1, MinimumRows = 5 }.Assign(labels, classes, new Philox(seed, Purpose.Partition)), sites).ShouldAllBe(size => size >= 5);
    });

    [Fact]
    public void A_large_alpha_makes_sites_alike_and_a_small_one_makes_them_differ()
    {
        float[] labels = Labels(10_000, 10, 3);

        double Spread(double alpha)
        {
            int[] assigned = new Dirichlet { Sites = 10, Alpha = alpha, MinimumRows = 1 }.Assign(labels, 10, new Philox(1, Purpose.Partition));
            return Counts(labels, assigned, 10, 10).Average(site => site.Max() / (double)site.Sum());
        }

        Spread(1e5).ShouldBe(0.1, 0.02);
        Spread(0.05).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_site_with_its_even_share_gets_no_more_labels()
    {
        // NIID-Bench's balance rule, by hand: with two labels, a site that has half of all rows after the first label gets none of the second.
        float[] labels = [.. Enumerable.Repeat(0f, 700), .. Enumerable.Repeat(1f, 300)];
        for (ulong seed = 0; seed < 200; seed++)
        {
            int[] assigned = new Dirichlet { Sites = 2, Alpha = 0.3, MinimumRows = 1 }.Assign(labels, 2, new Philox(seed, Purpose.Partition));

            foreach (int[] site in Counts(labels, assigned, 2, 2))
            {
                (site[0] < 500 || site[1] == 0).ShouldBeTrue($"seed {seed}: {site[0]} and {site[1]}");
            }
        }
    }

    [Fact]
    public void Noise_has_the_variance_of_its_site()
    {
        FeatureNoise partition = new() { Sites = 4, Sigma = 2 };
        for (int site = 0; site < 4; site++)
        {
            float[] features = new float[40_000];
            partition.AddNoise(site, features, new Philox(1, Purpose.FeatureNoise, site));

            double variance = 2.0 * (site + 1) / 4;
            features.Average().ShouldBe(0, (float)(5 * Math.Sqrt(variance / features.Length)));
            features.Average(x => (double)x * x).ShouldBe(variance, 5 * variance * Math.Sqrt(2.0 / features.Length));
        }
    }

    [Theory]
    [InlineData("iid", 101, 0, "Partition iid over 101 sites needs at least 101 rows (1 a site), but there are 100. Use fewer sites or more data.")]
    [InlineData("dirichlet", 11, 2, "Partition dirichlet over 11 sites needs at least 110 rows (10 a site), but there are 100. Use fewer sites or more data.")]
    [InlineData("shards", 51, 2, "Partition shards over 51 sites needs at least 102 rows (2 a site), but there are 100. Use fewer sites or more data.")]
    [InlineData("quantity", 11, 0, "Partition quantity over 11 sites needs at least 110 rows (10 a site), but there are 100. Use fewer sites or more data.")]
    [InlineData("dirichlet", 2, 0, "Partition dirichlet skews labels and needs classes, but the label is a value to predict. Use iid, quantity or feature-noise.")]
    [InlineData("shards", 2, 0, "Partition shards skews labels and needs classes, but the label is a value to predict. Use iid, quantity or feature-noise.")]
    [InlineData("labels-per-site", 2, 0, "Partition labels-per-site skews labels and needs classes, but the label is a value to predict. Use iid, quantity or feature-noise.")]
    public void What_cannot_be_made_is_refused_by_name_and_number(string kind, int sites, int classes, string message)
    {
        float[] targets = [.. Enumerable.Range(0, 100).Select(row => (float)(row % Math.Max(1, classes)))];

        Should.Throw<InvalidOperationException>(() => Partition(kind, sites, classes).Assign(targets, classes, new Philox(1, Purpose.Partition))).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData(2, 5, "Partition labels-per-site must give a site at most the 4 labels there are, but 5 were asked for.")]
    [InlineData(3, 1, "Partition labels-per-site over 3 sites with 1 labels each must find a site for each of the 4 labels. Use more sites or more labels a site.")]
    [InlineData(40, 1, "Partition labels-per-site would share the 3 rows of label 3 among 10 sites. Use fewer sites or fewer labels a site.")]
    public void Labels_that_cannot_be_dealt_are_refused(int sites, int labels, string message)
    {
        float[] targets = [.. Enumerable.Range(0, 97).Select(row => (float)(row % 3)), 3, 3, 3];

        Should.Throw<InvalidOperationException>(() => new LabelsPerSite { Sites = sites, Labels = labels }.Assign(targets, 4, new Philox(1, Purpose.Partition))).Message.ShouldBe(message);
    }

    [Fact]
    public void Draws_that_never_suffice_end_with_what_to_change()
    {
        Dirichlet partition = new() { Sites = 10, Alpha = 0.01, MinimumRows = 10 };

        Should.Throw<InvalidOperationException>(() => partition.Assign(Labels(105, 2, 1), 2, new Philox(1, Purpose.Partition))).Message.ShouldBe(
            "Partition dirichlet with alpha 0.01 over 10 sites must give every site at least 10 of 105 rows, but none of 10000 draws did. Use fewer sites, a larger alpha or a smaller minimum-rows.");
    }

    private static IPartition Partition(string kind, int sites, int classes) => kind switch
    {
        "iid" => new Iid { Sites = sites },
        "dirichlet" => new Dirichlet { Sites = sites, Alpha = 0.5 },
        "shards" => new Shards { Sites = sites },
        "labels-per-site" => new LabelsPerSite { Sites = sites, Labels = Math.Clamp(Math.Max(2, (classes + sites - 1) / sites), 1, Math.Max(1, classes)) },
        "quantity" => new Quantity { Sites = sites, Alpha = 1 },
        "feature-noise" => new FeatureNoise { Sites = sites, Sigma = 0.1 },
        _ => throw new ArgumentException(kind),
    };

    private static float[] Labels(int rows, int classes, ulong seed)
    {
        Philox random = new(seed, Purpose.Shuffle);
        return [.. Enumerable.Range(0, rows).Select(row => row < 2 * classes * 12 ? row % classes : (float)random.Next(classes))];
    }

    private static int[] Sizes(int[] assigned, int sites) => [.. Enumerable.Range(0, sites).Select(site => assigned.Count(s => s == site))];

    private static int[][] Counts(float[] labels, int[] assigned, int classes, int sites)
    {
        int[][] counts = [.. Enumerable.Range(0, sites).Select(_ => new int[classes])];
        for (int row = 0; row < labels.Length; row++)
        {
            counts[assigned[row]][(int)labels[row]]++;
        }
        return counts;
    }

    private static void ForAll(Action<int, int, int, ulong> property) =>
        Prop.ForAll(Cases.ToArbitrary(), c => property(c.Rows, c.Classes, c.Sites, c.Seed)).QuickCheckThrowOnFailure();
}
