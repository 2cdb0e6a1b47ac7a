using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Tests.Data.Schema;

public sealed class UnlikeSitesTests
{
    private const string Usual = "x,k,y\n1,u,no\n2,v,yes\n3,u,yes\n";

    private static readonly Preparation Plain = new() { Label = "y", Site = "where" };

    [Theory]
    [InlineData("x,y\n1,no\n2,yes\n", "Site 'b' must have the same columns as site 'a', but lacks 'k'.")]
    [InlineData("x,k,z,y\n1,u,3,no\n2,v,4,yes\n", "Site 'b' must have the same columns as site 'a', but has 'z' besides.")]
    [InlineData("x,k,y\none,u,no\ntwo,v,yes\n", "Column 'x' must be numbers at every site or text at every site, but is numbers at site 'a' and text at site 'b'. Correct it there, or list it under categorical.")]
    [InlineData("x,k,y\n1,5,no\n2,6,yes\n", "Column 'k' must be numbers at every site or text at every site, but is numbers at site 'b' and text at site 'a'. Correct it there, or list it under categorical.")]
    [InlineData("x,k,y\n1,u,0\n2,v,1\n", "Label 'y' must be numbers at every site or text at every site, but is numbers at site 'b' and text at site 'a'. Correct it there, or set task: classification.")]
    public void Sites_whose_tables_do_not_go_together_are_named(string other, string message) =>
        Should.Throw<DataException>(() => Merge(Plain, Usual, other)).Message.ShouldBe(message);

    [Fact]
    public void What_is_listed_as_categorical_may_be_numbers_at_one_site() =>
        Merge(Plain with { Categorical = ["k"] }, Usual, "x,k,y\n1,5.0,no\n2,6,yes\n").FeatureNames().ShouldBe(["x", "k=5.0", "k=6", "k=u", "k=v"]);

    [Fact]
    public void A_label_needs_two_values_over_all_sites_only() =>
        Should.Throw<DataException>(() => Merge(Plain with { OneClassSites = OneClassSites.Allow }, "x,y\n1,no\n", "x,y\n2,no\n")).Message.ShouldBe(
            "Label 'y' must have at least two different values over all sites, but is 'no' at every site.");

    [Fact]
    public void A_label_is_a_value_to_predict_when_the_sites_together_have_too_many_for_classes()
    {
        string few = "x,y\n" + string.Concat(Enumerable.Range(0, 15).Select(i => $"1,{i}\n")), more = "x,y\n" + string.Concat(Enumerable.Range(10, 15).Select(i => $"1,{i}\n"));

        Merge(Plain, few, few).Classes.Count.ShouldBe(15);
        Merge(Plain, few, more).Classes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x,k,y\n1,u,no\n2,w,yes\n", "data.csv:3: 'k' must be one of the 2 values that the sites agreed on, but is 'w'.")]
    [InlineData("x,k,y\n1,u,no\nthree,v,yes\nfour,v,yes\n", "data.csv:3: 'x' must be a number as at all sites, but is 'three'.")]
    [InlineData("x,k,y\n1,u,no\n2,v,perhaps\n", "data.csv:3: label 'y' must be one of the 2 values that the sites agreed on, but is 'perhaps'.")]
    [InlineData("x,y\n1,no\n2,yes\n", "data.csv must have the columns that the sites agreed on, but lacks 'k'.")]
    [InlineData("x,k,z,y\n1,u,1,no\n2,v,1,yes\n", "data.csv must have the columns that the sites agreed on, but has 'z' besides.")]
    public void Rows_that_changed_since_the_sites_agreed_are_refused(string changed, string message)
    {
        DataSchema schema = Merge(Plain, Usual, Usual);

        Should.Throw<DataException>(() => new SitePreparation(Plain, null, null).Prepare(SitedDatasetBuilderTests.Table(changed), schema, "b", 1, 1)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_file_with_another_sites_rows_is_refused_where_they_stand() =>
        Should.Throw<DataException>(() => new SitePreparation(Plain, null, null).Summarize(SitedDatasetBuilderTests.Table("where,x,y\nb,1,no\na,2,yes\n"), "b")).Message.ShouldBe(
            "data.csv:3: 'where' must be 'b', the site whose rows these are, but is 'a'. Give the site its own rows only, or leave the column out.");

    [Fact]
    public void A_site_of_one_class_is_refused_before_it_joins() =>
        Should.Throw<DataException>(() => new SitePreparation(Plain, null, null).Summarize(SitedDatasetBuilderTests.Table("x,y\n1,no\n2,no\n"), "b")).Message.ShouldBe(
            "Site 'b' must have training rows of at least two classes, but all its 2 are 'no'. Give it more rows, leave it out, or set one-class-sites: allow.");

    [Fact]
    public void Columns_that_are_ignored_may_be_missing_at_a_site() =>
        Merge(Plain with { Ignore = ["note"] }, "x,note,y\n1,a,no\n2,b,yes\n", "x,y\n1,no\n2,yes\n").FeatureNames().ShouldBe(["x"]);

    public static TheoryData<string, string> Obstacles => new()
    {
        { "pooled", "standardize: pooled needs" },
        { "pooled test", "standardize-test: pooled needs" },
        { "mean", "missing: mean takes the mean of all sites' rows" },
        { "noise", "partition: feature-noise changes rows" },
        { "image label", "label must be left out for images" },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void What_cannot_be_done_apart_is_said(string what, string beginning) => (what switch
    {
        "pooled" => new SitePreparation(Plain with { Standardize = Standardization.Pooled }, null, null),
        "pooled test" => new SitePreparation(Plain with { StandardizeTest = Standardization.Pooled }, null, null),
        "mean" => new SitePreparation(Plain with { Standardize = Standardization.None, Missing = MissingValues.Mean }, null, null),
        "noise" => new SitePreparation(Plain with { Site = null }, new FeatureNoise { Sites = 3, Sigma = 1 }, null),
        _ => new SitePreparation(Plain with { Site = null }, new Iid { Sites = 3 }, DataCatalog.Find("digits").Layout),
    }).Obstacle().ShouldNotBeNull().ShouldStartWith(beginning);

    [Fact]
    public void What_can_be_done_apart_has_no_obstacle()
    {
        new SitePreparation(Plain, null, null).Obstacle().ShouldBeNull();
        new SitePreparation(Plain with { Missing = MissingValues.Mean }, null, null).Obstacle().ShouldBeNull();
        new SitePreparation(new Preparation(), new Iid { Sites = 3 }, DataCatalog.Find("digits").Layout).Obstacle().ShouldBeNull();
        new SitePreparation(new Preparation(), null, DataCatalog.Find("heart-disease").Layout).Obstacle().ShouldBeNull();
    }

    private static DataSchema Merge(Preparation settings, string a, string b)
    {
        SitePreparation preparation = new(settings, null, null);
        return preparation.Merge(new Dictionary<string, TableSummary>
        {
            ["b"] = preparation.Summarize(SitedDatasetBuilderTests.Table(b), "b"),
            ["a"] = preparation.Summarize(SitedDatasetBuilderTests.Table(a), "a"),
        });
    }
}
