namespace Atoll.Learning.Data.Catalog;

/// <summary>What a data set of the catalog is like, without its rows: what the columns of a table are for, or what an image is.</summary>
public sealed record CatalogLayout
{
    /// <summary>The column to predict, unless the experiment names another.</summary>
    public string? Label { get; init; }

    /// <summary>The column of the natural sites, used when the experiment asks for no partition.</summary>
    public string? Site { get; init; }

    /// <summary>The natural sites in the order in which they first appear; empty where the data set has none.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>The column of a published train/test split, used with the natural sites when the experiment asks for no test fraction.</summary>
    public string? Split { get; init; }

    /// <summary>Columns of numbers that name a kind, not an amount.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>An image's extents; null where the data set is a table.</summary>
    public Shape? Sample { get; init; }

    /// <summary>What images show, in the order of the labels' indices.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The preparation of a table with what it leaves open filled in: label, natural sites, split, categorical columns.</summary>
    internal Preparation Fill(Preparation preparation, IReadOnlyList<string> columns, bool isPartitioned)
    {
        preparation = preparation with { Label = preparation.Label ?? Label };
        if (Site is not null && preparation.Site is null)
        {
            // With a partition the natural site is neither needed nor a property to learn from.
            preparation = isPartitioned ? preparation.LeavingOut(Site) : preparation with { Site = Site };
        }
        if (Split is not null && preparation.Split is null)
        {
            preparation = isPartitioned || preparation.TestFraction is not null ? preparation.LeavingOut(Split) : preparation with { Split = Split };
        }
        IEnumerable<string> used = (preparation.Features ?? columns)
            .Except([.. preparation.Ignore ?? [], preparation.Label!, preparation.Site ?? "", preparation.Split ?? ""]);
        return preparation with { Categorical = preparation.Categorical ?? [.. Categorical.Intersect(used)] };
    }
}
