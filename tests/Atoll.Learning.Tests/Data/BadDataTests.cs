using Atoll.Learning.Data;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Tests.Data;

public sealed class BadDataTests
{
    private static readonly Preparation Plain = new() { Label = "label", Site = "site", Split = "split" };

    [Theory]
    [InlineData("a,train,inf,0", "data.csv:4: 'x' must be a finite number below 3.4e+38, but is 'inf'.")]
    [InlineData("a,train,-Infinity,0", "data.csv:4: 'x' must be a finite number below 3.4e+38, but is '-Infinity'.")]
    [InlineData("a,train,1e39,0", "data.csv:4: 'x' must be a finite number below 3.4e+38, but is '1e39'.")]
    [InlineData("a,train,1o,0", "data.csv:4: 'x' must be a number as in most rows, but is '1o'. Correct it, or list 'x' under categorical.")]
    [InlineData("a,train,NaN,0", "data.csv:4: 'x' must have a value, but is 'NaN'. Use missing: drop-row or mean, or add the column to ignore.")]
    [InlineData("a,train,1,", "data.csv:4: 'label' must have a value, but is ''. Use missing: drop-row.")]
    [InlineData("a,dev,1,0", "data.csv:4: split column 'split' must be 'train' or 'test', but is 'dev'.")]
    [InlineData("b,test,1,0", "Site 'b' must have training rows, but all its 1 rows are for testing.")]
    [InlineData("b,train,1,1", "Site 'b' must have training rows of at least two classes, but all its 1 are '1'. Give it more rows, leave it out, or set one-class-sites: allow.")]
    public void A_bad_row_is_refused(string row, string message) => Refused($"site,split,x,label\na,train,1,0\na,train,2,1\n{row}\n", Plain).ShouldBe(message);

    [Fact]
    public void A_site_of_one_class_can_be_allowed() =>
        SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table("site,split,x,label\na,train,1,0\nb,train,2,1\n"), Plain with { OneClassSites = OneClassSites.Allow }, null, 1).Sited.Sites.Count.ShouldBe(2);

    [Fact]
    public void A_label_with_one_value_is_refused() =>
        Refused("site,split,x,label\na,train,1,5\na,train,2,5\n", Plain).ShouldBe("Label 'label' of data.csv must have at least two different values, but is '5' in every row.");

    [Fact]
    public void A_label_of_text_is_no_value_to_predict() =>
        Refused("site,split,x,label\na,train,1,5\na,train,2,five\n", Plain with { Task = LabelTask.Regression }).ShouldBe("data.csv:3: label 'label' must be a number for regression, but is 'five'.");

    [Fact]
    public void A_misspelt_number_does_not_make_a_value_a_class()
    {
        const string Text = "site,split,x,label\na,train,1,5.5\na,train,2,6.5\na,train,3,7o\n";

        Refused(Text, Plain).ShouldBe("data.csv:4: label 'label' must be a number as in most rows, but is '7o'. Correct it, or set task: classification.");
        SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table(Text), Plain with { Task = LabelTask.Classification }, null, 1).Sited.Data.Classes.ShouldBe(["5.5", "6.5", "7o"]);
    }

    [Theory]
    [InlineData("\"0,5\"", "\"1,25\"")]
    [InlineData("\"-1.234,5\"", "\"7,1e3\"")]
    [InlineData("\"0,5\"", "2")]
    public void Numbers_with_commas_are_refused_before_they_become_categories(string first, string second)
    {
        string text = $"site,split,x,label\na,train,{first},0\na,train,{second},1\n", was = first.Trim('"');

        Refused(text, Plain).ShouldBe($"data.csv:2: 'x' must be a number with a decimal point and no other sign, but is '{was}'. Write the file with points, or list 'x' under categorical.");
        SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table(text), Plain with { Categorical = ["x"] }, null, 1).Features.Count.ShouldBe(2);
    }

    [Fact]
    public void A_value_to_predict_with_a_comma_is_no_class()
    {
        const string Text = "site,split,x,label\na,train,1,\"5,5\"\na,train,2,\"6,5\"\na,train,3,\"7,5\"\n";

        Refused(Text, Plain).ShouldBe("data.csv:2: label 'label' must be a number with a decimal point and no other sign, but is '5,5'. Write the file with points, or set task: classification.");
        SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table(Text), Plain with { Task = LabelTask.Classification }, null, 1).Sited.Data.Classes.ShouldBe(["5,5", "6,5", "7,5"]);
    }

    [Fact]
    public void Texts_with_commas_are_still_categories() =>
        SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table("site,split,x,label\na,train,\"Bern, CH\",0\na,train,\"Lund, SE\",1\na,train,\"1-2,3\",1\n"), Plain, null, 1).Features
            .ShouldBe(["x=1-2,3", "x=Bern, CH", "x=Lund, SE"]);

    [Fact]
    public void A_missing_label_has_no_mean() =>
        Refused("site,split,x,label\na,train,1,0\na,train,2,?\n", Plain with { Missing = MissingValues.Mean }).ShouldBe("data.csv:3: 'label' must have a value, because it is no feature of which a mean could be taken, but is '?'.");

    [Fact]
    public void A_site_without_a_value_has_no_mean() =>
        Refused("site,split,x,label\na,train,1,0\na,train,2,1\nb,train,,0\nb,train,,1\nb,test,3,1\n", Plain with { Missing = MissingValues.Mean }).ShouldBe(
            "Column 'x' must have a value in the training rows of site 'b' to take the mean of, but has none. Add it to ignore, or use missing: drop-row.");

    [Fact]
    public void When_no_row_is_complete_the_emptiest_column_is_named() =>
        Refused("site,split,x,y,label\na,train,1,?,0\na,train,?,?,1\n", Plain with { Missing = MissingValues.DropRow }).ShouldBe(
            "At least one of the 2 rows of data.csv must have all values, but none has. Add 'y', which lacks the most, to ignore.");

    [Fact]
    public void A_column_of_identifiers_is_refused() =>
        Refused("site,split,x,label\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"a,train,p{i},{i % 2}\n")), Plain).ShouldBe(
            "Text column 'x' of data.csv must have at most 1000 different values to be one-hot encoded, but has 1001. Add it to ignore.");

    public static TheoryData<string, string> Settings => new()
    {
        { "no label", "label must name the column of data.csv to predict. The columns are: site, split, x, label." },
        { "features and ignore", "Either features or ignore may be given, but both were." },
        { "split and fraction", "Either split or test-fraction may be given, but both were." },
        { "label twice", "site: column 'label' can play one part only, but is already the label." },
        { "feature twice", "features: column 'x' can play one part only, but is already named there." },
        { "label as feature", "features: column 'label' can play one part only, but is already the label." },
        { "nothing left", "data.csv must have at least one column to learn from besides label, site, split, but none is left." },
        { "categorical ignored", "categorical: 'y' must be one of the features, but is left out." },
        { "nothing near", "ignore: data.csv has no column 'q'. The columns are: site, split, x, label." },
        { "unknown", "ignore: data.csv has no column 'labl'; did you mean 'label'? The columns are: site, split, x, label." },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Settings_that_contradict_each_other_are_refused(string what, string message)
    {
        Preparation preparation = what switch
        {
            "no label" => Plain with { Label = null },
            "features and ignore" => Plain with { Features = ["x"], Ignore = ["x"] },
            "split and fraction" => Plain with { TestFraction = 0.3 },
            "label twice" => Plain with { Site = "label" },
            "feature twice" => Plain with { Features = ["x", "x"] },
            "label as feature" => Plain with { Features = ["x", "label"] },
            "nothing left" => Plain with { Ignore = ["x"] },
            "nothing near" => Plain with { Ignore = ["q"] },
            "categorical ignored" => Plain with { Ignore = ["y"], Categorical = ["y"] },
            _ => Plain with { Ignore = ["labl"] },
        };
        string text = what == "categorical ignored" ? "site,split,x,y,label\na,train,1,1,0\na,train,2,1,1\n" : "site,split,x,label\na,train,1,0\na,train,2,1\n";

        Refused(text, preparation).ShouldBe(message);
    }

    [Fact]
    public void Sites_must_come_from_one_place()
    {
        Refused("x,label\n1,0\n2,1\n", new Preparation { Label = "label" }).ShouldBe("Either a site column (data: site) or a partition must say which site a row belongs to, but neither was given.");
        Refused("site,x,label\na,1,0\n", new Preparation { Label = "label", Site = "site" }, new Iid { Sites = 1 }).ShouldBe(
            "Either a site column or a partition must say which site a row belongs to, but both were given (site: site).");
    }

    private static string Refused(string text, Preparation preparation, IPartition? partition = null) =>
        Should.Throw<DataException>(() => SitedDatasetBuilder.Build(SitedDatasetBuilderTests.Table(text), preparation, partition, 1)).Message;
}
