using System.Globalization;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Data.Schema;

/// <summary>
/// Takes a data set apart into one table a site, each named by its site, from which <see cref="SitePreparation"/> makes the rows that the site has in the pooled data.
/// </summary>
public static class SiteTables
{
    /// <summary>One at a time, in the sites' order.</summary>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static IEnumerable<Table> Of(CatalogData data, Preparation preparation, IPartition? partition, ulong seed) => data.Table is { } table
        ? Of(table, data.Layout.Fill(preparation, table.Columns, isPartitioned: partition is not null), partition, seed)
        : Images(data.Images!, SitedDatasetBuilder.Build(data, preparation, partition, seed).Sited.Sites);

    /// <summary>Cells stay as they are written. A natural site has all its rows and no site column; a partition's has the rows that are used, and a column that splits them.</summary>
    /// <exception cref="DataException">The table cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static IEnumerable<Table> Of(Table table, Preparation preparation, IPartition? partition, ulong seed)
    {
        IReadOnlyList<SiteRows> sites = SitedDatasetBuilder.Build(table, preparation, partition, seed).Sited.Sites;
        return partition is null ? Natural(table, table.Column(preparation.Site!, "site"), sites) : Virtual(table, preparation, sites);
    }

    private static IEnumerable<Table> Natural(Table table, int column, IReadOnlyList<SiteRows> sites)
    {
        ILookup<string, TableRow> rows = table.Rows.ToLookup(row => row.Cells[column]);
        return sites.Select(site => new Table(site.Name, [.. Without(table.Columns, column)], [.. rows[site.Name].Select(row => row with { Cells = [.. Without(row.Cells, column)] })]));
    }

    private static IEnumerable<Table> Virtual(Table table, Preparation preparation, IReadOnlyList<SiteRows> sites)
    {
        IReadOnlyList<TableRow> rows = UsedRows.Of(table, preparation).Rows;
        if (preparation.Split is not null)
        {
            return sites.Select(site => new Table(site.Name, table.Columns, [.. Ascending(site).Select(own => rows[own.Row])]));
        }
        const string Split = SitePreparation.PartitionSplit;
        int taken = Array.IndexOf(table.Columns.ToArray(), Split);
        if (taken >= 0 && preparation.Ignore?.Contains(Split) != true)
        {
            throw new DataException($"{table.Name} must leave the column name '{Split}' free, to say which rows are for testing, but has a column of that name. Rename it, or add it to ignore.");
        }
        return sites.Select(site => new Table(site.Name, [.. Without(table.Columns, taken), Split],
            [.. Ascending(site).Select(own => rows[own.Row] with { Cells = [.. Without(rows[own.Row].Cells, taken), Part(own.IsTest)] })]));
    }

    private static IEnumerable<Table> Images(Dataset images, IReadOnlyList<SiteRows> sites)
    {
        string[] columns = [.. Enumerable.Range(1, images.Sample.Size).Select(pixel => string.Create(CultureInfo.InvariantCulture, $"pixel-{pixel}")), SitePreparation.ImageLabel, SitePreparation.PartitionSplit];
        Dictionary<float, string> texts = [];
        return sites.Select(site => new Table(site.Name, columns, [.. Ascending(site).Select((own, line) => new TableRow(site.Name, line + 2,
            [.. images.Row(own.Row).ToArray().Select(pixel => Text(pixel, texts)), images.Classes[(int)images.Targets[own.Row]], Part(own.IsTest)]))]));
    }

    private static IEnumerable<(int Row, bool IsTest)> Ascending(SiteRows site) => site.Train.Select(row => (Row: row, IsTest: false)).Concat(site.Test.Select(row => (Row: row, IsTest: true))).OrderBy(own => own.Row);

    private static IEnumerable<string> Without(IReadOnlyList<string> cells, int column) => cells.Where((_, i) => i != column);

    private static string Part(bool isTest) => isTest ? "test" : "train";

    /// <summary>The shortest text that reads back to the same bits by way of a double, as cells are read.</summary>
    private static string Text(float number, Dictionary<float, string> texts)
    {
        if (!texts.TryGetValue(number, out string? text))
        {
            text = number.ToString(CultureInfo.InvariantCulture);
            texts[number] = text = (float)double.Parse(text, CultureInfo.InvariantCulture) == number ? text : ((double)number).ToString(CultureInfo.InvariantCulture);
        }
        return text;
    }
}
