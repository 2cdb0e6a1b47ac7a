using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Data.Schema;

/// <summary>An arm's preparation where every site has its own rows only: first each tells of its table, then all encode by the schema made of that.</summary>
/// <remarks>
/// A site prepared here has the bytes that the pooled table's preparation gives its rows, in the same order. A partition's site has a column <c>split</c>
/// where its rows were exported (<see cref="SiteTables"/>); without one, a fraction is drawn.
/// </remarks>
public sealed class SitePreparation
{
    /// <summary>The label column of exported images.</summary>
    public const string ImageLabel = "label";

    /// <summary>The column that says <c>train</c> or <c>test</c> of a partition's rows.</summary>
    public const string PartitionSplit = "split";

    private const int ShownClasses = 10;

    private readonly Preparation _preparation;
    private readonly IPartition? _partition;
    private readonly CatalogLayout? _layout;

    /// <param name="catalog">What the catalog knows of the data set that the preparation is for; null for one's own files.</param>
    public SitePreparation(Preparation preparation, IPartition? partition, CatalogLayout? catalog) => (_preparation, _partition, _layout) = (preparation, partition, catalog);

    private bool IsImages => _layout?.Sample is not null;

    /// <summary>Why the rows cannot be prepared site by site, as a sentence; null where they can.</summary>
    public string? Obstacle()
    {
        Standardization standardize = _preparation.Standardize ?? (IsImages ? Standardization.None : Standardization.PerSite);
        return this switch
        {
            _ when IsImages && _preparation.ImageMisfit() is { } misfit => misfit,
            _ when _preparation.Label is null && _layout?.Label is null && !IsImages => "label must name the column to predict.",
            _ when _preparation.Features is not null && _preparation.Ignore is not null => "Either features or ignore may be given, but both were.",
            _ when standardize == Standardization.Pooled =>
                "standardize: pooled needs the mean and deviation of all sites' rows, and rows stay where they are. Use standardize: per-site or none.",
            _ when _preparation.StandardizeTest == Standardization.Pooled =>
                "standardize-test: pooled needs the mean and deviation of all sites' rows, and rows stay where they are. Use standardize-test: per-site or none.",
            _ when _preparation.Missing == MissingValues.Mean && standardize != Standardization.PerSite && !IsImages =>
                "missing: mean takes the mean of all sites' rows where features are not standardized per site, and rows stay where they are. Use standardize: per-site, or missing: drop-row.",
            _ when _partition is FeatureNoise =>
                "partition: feature-noise changes rows by their place in the pooled data, which sites with their own rows do not have. Use another partition, or a site column.",
            _ => null,
        };
    }

    /// <summary>What a site tells of its table, once what can be checked of it alone has been.</summary>
    /// <exception cref="DataException">The table does not fit the settings: the message names file and line.</exception>
    public TableSummary Summarize(Table table, string site)
    {
        Preparation preparation = At(site, table);
        UsedRows used = UsedRows.Of(table, preparation);
        TableSummary summary = used.Summarize(preparation.Task);
        if (IsImages)
        {
            Merge(new Dictionary<string, TableSummary> { [site] = summary }); // pixels and classes are known beforehand
        }
        bool[]? isTest = used.IsTest();
        string[] labels = [.. used.Rows.Where((_, row) => isTest?[row] != true).Select(row => row.Cells[used.Roles.Label])];
        if (labels.Length == 0)
        {
            throw SiteAssignment.OnlyTests(site, used.Rows.Count);
        }
        bool hasClasses = preparation.Task == LabelTask.Classification || !summary.Label.IsNumeric;
        return hasClasses && preparation.OneClassSites == OneClassSites.Refuse && Cell.Levels(labels) is [string only]
            ? throw SiteAssignment.OneClass(site, labels.Length, only) : summary;
    }

    /// <summary>What all sites agree on.</summary>
    /// <param name="summaries">By site.</param>
    /// <exception cref="DataException">The sites' tables do not go together: the message names site and column.</exception>
    public DataSchema Merge(IReadOnlyDictionary<string, TableSummary> summaries) => NewMerge(summaries).Merge();

    /// <summary>Whether these sites' tables go together, though it may take further sites before there is something to learn: a second class, say.</summary>
    /// <param name="first">The site that the others are held against.</param>
    /// <inheritdoc cref="Merge"/>
    public void RequireTogether(IReadOnlyDictionary<string, TableSummary> summaries, string first)
    {
        DataSchema all = NewMerge(summaries, first).Together();
        if (all.Classes.Count > 0 || NewMerge(new Dictionary<string, TableSummary> { [first] = summaries[first] }, first).Together().Classes is not { Count: > 0 } classes)
        {
            return;
        }
        // Whoever joined agreed to tell classes apart, and is not to find itself predicting a number.
        string other = summaries.Keys.Order(StringComparer.Ordinal).First(site => site != first);
        throw new DataException($"Label '{all.Label}' must have whole numbers as at site '{first}' ({string.Join(", ", classes.Take(ShownClasses))}{(classes.Count > ShownClasses ? ", …" : "")}), few enough to be classes, "
            + $"but with those of site '{other}' it would be a number to predict. Correct it there, or set task: classification or task: regression in the experiment.");
    }

    /// <summary>The least that a row's shape and the number of classes can become, going by one site's table: other sites may have values besides.</summary>
    public (Shape Sample, int Classes) Least(TableSummary summary)
    {
        if (_layout is { Sample: { } sample })
        {
            return (sample, _layout.Classes.Count);
        }
        int dropped = _preparation.DropFirst ? 1 : 0;
        int numbers = summary.Columns.Sum(column => column.Levels is null ? 1 : Cell.Levels(column.Levels).Count - dropped);
        return (new Shape(Math.Max(1, numbers)), summary.Label.Levels is null ? 0 : Math.Max(2, Cell.Levels(summary.Label.Levels).Count));
    }

    /// <summary>Encodes a site's rows: a data set with this one site.</summary>
    /// <param name="index">The site's place among all sites, from 0: its test rows are drawn by it.</param>
    /// <exception cref="DataException">The rows hold something that the schema does not know, or cannot be prepared as asked.</exception>
    public PreparedData Prepare(Table table, DataSchema schema, string site, int index, ulong seed)
    {
        Require.AtLeast(0, index);
        Preparation preparation = At(site, table);
        UsedRows used = UsedRows.Of(table, preparation);
        SchemaSoundness.Require(schema, preparation, IsImages);
        EncodedRows rows = EncodedRows.Of(used, schema);
        SiteRows own = SiteAssignment.One(site, index, [.. Enumerable.Range(0, used.Rows.Count)], rows.IsTest, rows.Targets, schema.Classes.Count, preparation.TestFraction, seed);
        if (schema.Classes.Count > 0 && preparation.OneClassSites == OneClassSites.Refuse)
        {
            SiteAssignment.RequireTwoClasses([own], rows.Targets, schema.Classes);
        }
        return IsImages
            ? Scaled.Of(new Dataset(schema.Sample(), Array.ConvertAll(rows.Features.Values, value => (float)value), rows.Targets, schema.Classes), [own], preparation, null, seed, rows.IsTest is not null)
            : Scaled.Of(rows, [own], preparation, null, seed);
    }

    /// <summary>What the preparation means for one site's table: it has no site column, and may lack columns that nobody uses.</summary>
    private Preparation At(string site, Table table)
    {
        Preparation own = IsImages ? Images() : _layout?.Fill(_preparation, table.Columns, isPartitioned: _partition is not null) ?? _preparation;
        if (own.Site is { } column)
        {
            RequireOwnRows(table, column, site);
            own = (own with { Site = null }).LeavingOut(column);
        }
        bool isUsed = own.Features?.Contains(PartitionSplit) == true || own.Categorical?.Contains(PartitionSplit) == true || own.Label == PartitionSplit;
        if (_partition is not null && own.Split is null && !isUsed && table.Columns.Contains(PartitionSplit))
        {
            own = own with { Split = PartitionSplit, TestFraction = null, Ignore = own.Ignore is null ? null : [.. own.Ignore.Except([PartitionSplit])] };
        }
        return own with
        {
            Ignore = own.Ignore is null ? null : [.. own.Ignore.Intersect(table.Columns)],
            OneClassSites = _partition is null ? own.OneClassSites : OneClassSites.Allow,
        };
    }

    private SchemaMerge NewMerge(IReadOnlyDictionary<string, TableSummary> summaries, string? first = null) => new(summaries, IsImages ? Images()
        : _preparation with { Label = _preparation.Label ?? _layout?.Label, Categorical = _preparation.Categorical ?? _layout?.Categorical }, IsImages ? _layout : null, first);

    private Preparation Images() => _preparation with { Label = ImageLabel, Task = LabelTask.Classification, Missing = MissingValues.Refuse };

    /// <summary>A file of all sites' rows, given by mistake, must not be trained on at one of them.</summary>
    private static void RequireOwnRows(Table table, string column, string site)
    {
        int index = Array.IndexOf(table.Columns.ToArray(), column);
        if (index >= 0 && table.Rows.FirstOrDefault(row => !Cell.IsMissing(row.Cells[index]) && row.Cells[index] != site) is { Cells: not null } other)
        {
            throw new DataException($"{other}: '{column}' must be '{site}', the site whose rows these are, but is '{other.Cells[index]}'. Give the site its own rows only, or leave the column out.");
        }
    }
}
