using System.Text;
using Atoll.Learning.Data;
using Atoll.Learning.Partitioning;
using MathNet.Numerics.Statistics;

namespace Atoll.Learning.Tests.Data;

public sealed class SitedDatasetBuilderTests
{
    private static readonly Preparation Plain = new() { Label = "label", Site = "site", Standardize = Standardization.None, Split = "split" };

    [Fact]
    public void Numbers_stay_texts_become_columns_of_their_own_and_labels_indices()
    {
        PreparedData data = Build(
            """
            site,split,size,color,label
            a,train,1.5,red,yes
            a,train,2,blue,no
            a,test,-3e1,red,no
            """, Plain);

        data.Features.ShouldBe(["size", "color=blue", "color=red"]);
        data.Sited.Data.Features.ShouldBe([1.5f, 0, 1, 2, 1, 0, -30, 0, 1]);
        data.Sited.Data.Classes.ShouldBe(["no", "yes"]);
        data.Sited.Data.Targets.ShouldBe([1, 0, 0]);
        data.Sited.Data.Sample.ShouldBe(new Shape(3));
        data.Sited.Sites.ShouldHaveSingleItem().ShouldSatisfyAllConditions(site => site.Name.ShouldBe("a"), site => site.Train.ShouldBe([0, 1]), site => site.Test.ShouldBe([2]));
    }

    [Fact]
    public void Categorical_numbers_are_one_whatever_their_notation_and_the_first_can_be_left_out()
    {
        PreparedData data = Build("site,split,kind,label\na,train,10,0\na,train,2.0,1\na,train,2,1\na,train,3,0\n", Plain with { Categorical = ["kind"], DropFirst = true });

        data.Features.ShouldBe(["kind=3", "kind=10"]);
        data.Sited.Data.Features.ShouldBe([0, 1, 0, 0, 0, 0, 1, 0]);
    }

    [Theory]
    [InlineData("10,9,2,1", "1 2 9 10")]
    [InlineData("b,a,10,9", "10 9 a b")]
    [InlineData("1.0,1,2,2.0", "1 2")]
    public void Classes_are_sorted_by_value_where_all_are_numbers(string labels, string classes) =>
        Build($"site,split,x,label\n{string.Concat(labels.Split(',').Select(label => $"a,train,0,{label}\n"))}", Plain with { Task = LabelTask.Classification }).Sited.Data.Classes.ShouldBe(classes.Split(' '));

    [Fact]
    public void A_label_of_many_values_or_of_fractions_is_a_value_to_predict()
    {
        Build("site,split,x,label\na,train,1,0.5\na,train,2,1\n", Plain).Sited.Data.ShouldSatisfyAllConditions(d => d.Classes.ShouldBeEmpty(), d => d.Targets.ShouldBe([0.5f, 1]));
        Build("site,split,x,label\n" + string.Concat(Enumerable.Range(0, 21).Select(i => $"a,train,1,{i}\n")), Plain).Sited.Data.IsClassification.ShouldBeFalse();
        Build("site,split,x,label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"a,train,1,{i}\n")), Plain).Sited.Data.IsClassification.ShouldBeTrue();
    }

    [Fact]
    public void Each_site_is_standardized_by_its_own_training_rows_pooled_by_everyones()
    {
        const string Text = "site,split,x,c,label\na,train,1,7,0\na,train,3,7,1\na,test,100,8,1\nb,train,10,7,0\nb,train,20,7,1\nb,test,5,7,0\n";

        // By hand: a has mean 2 and deviation √2, b mean 15 and deviation √50; c is constant in training rows, so only centred.
        float root2 = MathF.Sqrt(2), root50 = MathF.Sqrt(50);
        Build(Text, Plain with { Standardize = Standardization.PerSite }).Sited.Data.Features.ShouldBe([-1 / root2, 0, 1 / root2, 0, 98 / root2, 1, -5 / root50, 0, 5 / root50, 0, -10 / root50, 0], 1e-6);

        double[] train = [1, 3, 10, 20];
        float[] pooled = Build(Text, Plain with { Standardize = Standardization.Pooled }).Sited.Data.Features;
        pooled[4].ShouldBe((float)((100 - train.Mean()) / train.StandardDeviation()), 1e-5f);
    }

    [Fact]
    public void Rows_that_lack_a_used_value_are_dropped_and_counted_others_kept()
    {
        PreparedData data = Build("site,split,x,y,label\na,train,1,?,0\na,train,?,1,1\na,train,3,NA,1\na,train,4,nan,\n", Plain with { Missing = MissingValues.DropRow, Ignore = ["y"] });

        data.DroppedRows.ShouldBe(2);
        data.Sited.Data.Features.ShouldBe([1, 3]);
    }

    [Fact]
    public void A_missing_value_takes_the_mean_of_training_rows_only()
    {
        const string Text = "site,split,x,k,label\na,train,1,p,0\na,train,3,q,1\na,train,?,?,1\na,test,100,q,1\nb,train,10,p,0\nb,train,11,p,1\nb,test,,p,0\n";

        // None: of all sites, (1 + 3 + 10 + 11) / 4 and shares p ¾, q ¼.
        Build(Text, Plain with { Missing = MissingValues.Mean }).Sited.Data.Features.ShouldBe([1, 1, 0, 3, 0, 1, 6.25f, 0.75f, 0.25f, 100, 0, 1, 10, 1, 0, 11, 1, 0, 6.25f, 1, 0]);

        // Per site: the missing one stands at its own site's mean, which is 0 after standardizing.
        float[] own = Build(Text, Plain with { Missing = MissingValues.Mean, Standardize = Standardization.PerSite }).Sited.Data.Features;
        own[6].ShouldBe(0);
        own[18].ShouldBe(0);
    }

    [Fact]
    public void Test_rows_never_touch_what_is_fitted()
    {
        const string Rows = "site,split,x,label\na,train,1,0\na,train,3,1\na,train,4,1\na,train,?,0\n";
        Preparation preparation = Plain with { Missing = MissingValues.Mean, Standardize = Standardization.PerSite };

        float[] one = Build(Rows + "a,test,5,1\n", preparation).Sited.Data.Features, other = Build(Rows + "a,test,-1e9,0\n", preparation).Sited.Data.Features;

        other[..4].ShouldBe(one[..4]);
    }

    [Fact]
    public void A_fraction_is_split_off_each_site_with_every_label_in_proportion()
    {
        string rows = "site,x,label\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{(i < 60 ? "a" : "b")},{i},{(i % 5 == 0 ? "rare" : "common")}\n"));

        SitedDataset sited = Build(rows, Plain with { Split = null, TestFraction = 0.25 }).Sited;

        sited.Sites.Select(site => (site.Name, site.Train.Length, site.Test.Length)).ShouldBe([("a", 45, 15), ("b", 30, 10)]);
        sited.Sites.Select(site => site.Test.Count(row => sited.Data.Classes[(int)sited.Data.Targets[row]] == "rare")).ShouldBe([3, 2]);
        sited.Sites.SelectMany(site => site.Train.Concat(site.Test)).Order().ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public void A_fixed_split_is_kept_under_a_partition_and_each_test_row_goes_where_its_label_is_trained()
    {
        string rows = "split,x,label\n" + string.Concat(Enumerable.Range(0, 600).Select(i => $"{(i < 400 ? "train" : "test")},{i},{i % 4}\n"));

        SitedDataset sited = Build(rows, Plain with { Site = null }, new LabelsPerSite { Sites = 4, Labels = 1 }).Sited;

        sited.Sites.SelectMany(site => site.Train).Order().ShouldBe(Enumerable.Range(0, 400));
        sited.Sites.SelectMany(site => site.Test).Order().ShouldBe(Enumerable.Range(400, 200));
        sited.Sites.Select(site => site.Name).ShouldBe(["site-1", "site-2", "site-3", "site-4"]);
        sited.Sites.ShouldAllBe(site => site.Test.Length == 50 && site.Test.Concat(site.Train).Select(row => sited.Data.Targets[row]).Distinct().Count() == 1);
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_and_another_seed_others()
    {
        string rows = "x,label\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * i % 97},{i % 3}\n"));
        Preparation preparation = new() { Label = "label" };

        PreparedData Build(ulong seed) => SitedDatasetBuilder.Build(Table(rows), preparation, new FeatureNoise { Sites = 5, Sigma = 0.1 }, seed);

        Build(1).Sited.Data.Features.ShouldBe(Build(1).Sited.Data.Features);
        Build(1).Sited.Sites.Select(site => site.Test).ShouldBe(Build(1).Sited.Sites.Select(site => site.Test));
        Build(2).Sited.Data.Features.ShouldNotBe(Build(1).Sited.Data.Features);
    }

    [Fact]
    public void Images_are_shared_where_nothing_changes_them_and_copied_where_something_does()
    {
        Dataset images = new(new Shape(2, 2, 1), [.. Enumerable.Range(0, 400).Select(i => i / 400f)], [.. Enumerable.Range(0, 100).Select(i => (float)(i % 2))], ["even", "odd"]);
        float[] before = [.. images.Features];

        PreparedData plain = SitedDatasetBuilder.Build(images, 20, new Preparation(), new Iid { Sites = 4 }, 1);
        PreparedData noisy = SitedDatasetBuilder.Build(images, 20, new Preparation(), new FeatureNoise { Sites = 4, Sigma = 1 }, 1);
        PreparedData scaled = SitedDatasetBuilder.Build(images, null, new Preparation { Standardize = Standardization.Pooled }, new Iid { Sites = 4 }, 1);

        plain.Sited.Data.Features.ShouldBeSameAs(images.Features);
        images.Features.ShouldBe(before);
        noisy.Sited.Data.Features.ShouldNotBe(before);
        scaled.Sited.Data.Features.ShouldNotBe(before);
        plain.Sited.Sites.SelectMany(site => site.Test).Order().ShouldBe(Enumerable.Range(80, 20));
    }

    internal static Table Table(string text) => CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv");

    private static PreparedData Build(string text, Preparation preparation, IPartition? partition = null) => SitedDatasetBuilder.Build(Table(text), preparation, partition, 7);
}
