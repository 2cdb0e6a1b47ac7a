using System.Text.Json;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Partitioning;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Data.Schema;

public sealed class SitePreparationTests
{
    [Fact]
    public void A_site_alone_prepares_its_rows_as_the_pooled_table_does_bit_for_bit()
    {
        int compared = 0, refused = 0;
        Prop.ForAll(RandomTable.Gen.ToArbitrary(), table =>
        {
            PreparedData? pooled = Pooled(table, out string? why);
            try
            {
                PreparedData[] apart = Apart(table, pooled);
                pooled.ShouldNotBeNull(why);
                SameRows.ShouldBe(apart, pooled);
                compared++;
            }
            catch (DataException apart) when (pooled is null || IsOfOneSiteOnly(apart.Message))
            {
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        compared.ShouldBeGreaterThan(3 * refused, $"{compared} tables compared, {refused} refused");
    }

    [Fact]
    public void The_order_in_which_sites_tell_changes_nothing()
    {
        RandomTable table = RandomTable.Gen.Sample(1, 1).First();
        SitePreparation preparation = new(table.Preparation with { Categorical = ["kind", "color"] }, null, null);
        Dictionary<string, TableSummary> summaries = SiteTables.Of(table.Table, table.Preparation with { Categorical = ["kind", "color"] }, null, table.Seed)
            .ToDictionary(site => site.Name, site => preparation.Summarize(site, site.Name));

        string one = JsonSerializer.Serialize(preparation.Merge(summaries));

        JsonSerializer.Serialize(preparation.Merge(new Dictionary<string, TableSummary>(summaries.Reverse()))).ShouldBe(one);
    }

    [Fact]
    public void A_partition_taken_apart_gives_every_site_the_rows_it_has_in_the_pooled_table()
    {
        string text = "k,x,label\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{"pqr"[i * 7 % 3]},{(i % 17 == 0 ? "?" : $"{i * i % 97}")},{i % 3}\n"));
        Table table = SitedDatasetBuilderTests.Table(text);
        Preparation preparation = new() { Label = "label", Missing = MissingValues.DropRow };
        Dirichlet partition = new() { Sites = 5, Alpha = 0.5 };

        SameRows.ShouldBe(Apart(new SitePreparation(preparation, partition, null), SiteTables.Of(table, preparation, partition, 3), 3), SitedDatasetBuilder.Build(table, preparation, partition, 3));
    }

    [Fact]
    public void A_fixed_split_under_a_partition_is_kept_apart()
    {
        Table table = SitedDatasetBuilderTests.Table("part,x,label\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"{(i % 3 == 0 ? "test" : "train")},{i},{i % 4}\n")));
        Preparation preparation = new() { Label = "label", Split = "part", Standardize = Standardization.None };

        SameRows.ShouldBe(Apart(new SitePreparation(preparation, new Iid { Sites = 4 }, null), SiteTables.Of(table, preparation, new Iid { Sites = 4 }, 9), 9), SitedDatasetBuilder.Build(table, preparation, new Iid { Sites = 4 }, 9));
    }

    [Fact]
    public void Columns_stand_in_one_order_whatever_the_order_at_a_site()
    {
        SitePreparation preparation = new(new Preparation { Label = "y", Site = "where", Standardize = Standardization.None, OneClassSites = OneClassSites.Allow }, null, null);
        Table a = SitedDatasetBuilderTests.Table("x,k,y\n1,u,no\n2,v,yes\n"), b = SitedDatasetBuilderTests.Table("where,y,k,x\nb,yes,w,3\nb,no,u,4\n");

        DataSchema schema = preparation.Merge(new Dictionary<string, TableSummary> { ["b"] = preparation.Summarize(b, "b"), ["a"] = preparation.Summarize(a, "a") });

        schema.FeatureNames().ShouldBe(["x", "k=u", "k=v", "k=w"]);
        schema.Classes.ShouldBe(["no", "yes"]);
        schema.Sample().ShouldBe(new Shape(4));
        PreparedData prepared = preparation.Prepare(b, schema, "b", 1, 1);
        prepared.Sited.Data.Features.ShouldBe([3, 0, 0, 1, 4, 1, 0, 0]);
        prepared.Sited.Data.Targets.ShouldBe([1, 0]);
    }

    private static PreparedData? Pooled(RandomTable table, out string? why)
    {
        try
        {
            why = null;
            return SitedDatasetBuilder.Build(table.Table, table.Preparation, null, table.Seed);
        }
        catch (DataException refused)
        {
            why = refused.Message;
            return null;
        }
    }

    private static PreparedData[] Apart(RandomTable table, PreparedData? pooled)
    {
        ILookup<string, TableRow> rows = table.Table.Rows.ToLookup(row => row.Cells[1]);
        string[] names = [.. (pooled?.Sited.Sites.Select(site => site.Name) ?? []).Union(rows.Select(own => own.Key))]; // a site's place is where its first row that is used stands
        IReadOnlyList<Table> sites = [.. names.Select(name => new Table(name, table.Table.Columns, [.. rows[name]]))];
        return Apart(new SitePreparation(table.Preparation, null, null), sites, table.Seed);
    }

    private static PreparedData[] Apart(SitePreparation preparation, IEnumerable<Table> tables, ulong seed)
    {
        preparation.Obstacle().ShouldBeNull();
        Table[] sites = [.. tables];
        DataSchema schema = preparation.Merge(sites.ToDictionary(site => site.Name, site => preparation.Summarize(site, site.Name)));
        schema = JsonSerializer.Deserialize<DataSchema>(JsonSerializer.Serialize(schema))!;
        return [.. sites.Select((site, index) => preparation.Prepare(site, schema, site.Name, index, seed))];
    }

    /// <summary>What a few rows of one site can look like although the whole column does not: numbers where others have text, mostly numbers, no value or row at all.</summary>
    private static bool IsOfOneSiteOnly(string message) => message.Contains("at every site or text at every site", StringComparison.Ordinal)
        || message.Contains("must be a number as in most rows", StringComparison.Ordinal) || message.Contains("must have values, but all are missing", StringComparison.Ordinal)
        || message.Contains("must have all values, but none has", StringComparison.Ordinal);
}
