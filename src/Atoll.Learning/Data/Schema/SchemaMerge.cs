using Atoll.Learning.Data.Catalog;

namespace Atoll.Learning.Data.Schema;

/// <summary>Makes one schema of all sites' summaries. Sites are taken in the order of their names, so that the order in which they came changes nothing.</summary>
internal sealed class SchemaMerge
{
    private readonly string[] _sites;
    private readonly IReadOnlyDictionary<string, TableSummary> _summaries;
    private readonly Dictionary<string, Dictionary<string, ColumnSummary>> _columns = [];
    private readonly Preparation _preparation;
    private readonly CatalogLayout? _images;

    /// <param name="first">The site that others are held against; null for the first by name.</param>
    public SchemaMerge(IReadOnlyDictionary<string, TableSummary> summaries, Preparation preparation, CatalogLayout? images, string? first = null)
    {
        Require.That(summaries.Count > 0, $"A schema needs the summary of at least one site.");
        (_summaries, _preparation, _images) = (summaries, preparation, images);
        _sites = [.. summaries.Keys.OrderByDescending(site => site == first).ThenBy(site => site, StringComparer.Ordinal)];
    }

    /// <summary>Who tells: a table's name where the pooled rows are one, a site otherwise.</summary>
    private bool IsOne => _sites.Length == 1;

    public DataSchema Merge()
    {
        DataSchema schema = Together();
        if (schema.Classes is [var only])
        {
            throw new DataException(IsOne ? $"Label '{schema.Label}' of {_sites[0]} must have at least two different values, but is '{only}' in every row."
                : $"Label '{schema.Label}' must have at least two different values over all sites, but is '{only}' at every site.");
        }
        return _images is not null || schema.Columns.Any(column => column.Levels is null || column.Levels.Count > (_preparation.DropFirst ? 1 : 0)) ? schema
            : throw new DataException($"{(IsOne ? _sites[0] : "Every site")} must have at least one feature, but none is left after leaving out each text column's first value.");
    }

    /// <summary>The schema of sites whose tables go together, though it may take further ones before there is something to learn.</summary>
    public DataSchema Together()
    {
        foreach (string site in _sites)
        {
            Index(site, _summaries[site]);
        }
        return new DataSchema
        {
            Columns = [.. _summaries[_sites[0]].Columns.Select(column => Column(column.Name))],
            Label = _summaries[_sites[0]].Label.Name,
            Classes = Classes(),
            DropFirst = _preparation.DropFirst,
            Shape = _images is { Sample: { } sample } ? [sample.Height, sample.Width, sample.Channels] : null,
        };
    }

    private void Index(string site, TableSummary summary)
    {
        Dictionary<string, ColumnSummary> own = new(StringComparer.Ordinal);
        foreach (ColumnSummary column in summary.Columns)
        {
            if (!own.TryAdd(column.Name, column))
            {
                throw new DataException($"Site '{site}' must name a column once, but names '{column.Name}' twice.");
            }
        }
        if (own.Count == 0)
        {
            throw new DataException($"Site '{site}' must have at least one column to learn from, but tells of none.");
        }
        if (_preparation.Label is { } label && summary.Label.Name != label)
        {
            throw new DataException($"Site '{site}' must tell of label '{label}', but tells of '{summary.Label.Name}'.");
        }
        if (_images?.Sample is { } sample && own.Count != sample.Size)
        {
            throw new DataException($"Site '{site}' must have {sample.Size} pixel columns, one for each number of an image of {sample}, but has {own.Count}.");
        }
        _columns[site] = own;
        string first = _sites[0];
        string? lacking = _columns[first].Keys.FirstOrDefault(name => !own.ContainsKey(name)), extra = own.Keys.FirstOrDefault(name => !_columns[first].ContainsKey(name));
        if (lacking is not null || extra is not null)
        {
            throw new DataException($"Site '{site}' must have the same columns as site '{first}', but {(lacking is not null ? $"lacks '{lacking}'" : $"has '{extra}' besides")}.");
        }
    }

    private SchemaColumn Column(string name)
    {
        bool categorical = _images is null && _preparation.Categorical?.Contains(name) == true;
        bool numbers = All(name, $"Column '{name}'", "list it under categorical", site => _columns[site][name], mayMix: categorical);
        if (numbers && !categorical)
        {
            return new SchemaColumn { Name = name };
        }
        if (_images is not null)
        {
            throw new DataException($"Column '{name}' must be a pixel's number, but is text at site '{_sites.First(site => !_columns[site][name].IsNumeric)}'.");
        }
        IReadOnlyList<string> levels = Levels($"column '{name}'", site => _columns[site][name]);
        return levels.Count <= ColumnSummary.MaximumLevels ? new SchemaColumn { Name = name, Levels = levels } : throw new DataException(
            $"Column '{name}' must have at most {ColumnSummary.MaximumLevels} different values over all sites to be one-hot encoded, but has {levels.Count}. Add it to ignore.");
    }

    private IReadOnlyList<string> Classes()
    {
        string name = _summaries[_sites[0]].Label.Name;
        LabelTask? task = _preparation.Task;
        bool numbers = All(name, $"Label '{name}'", "set task: classification", site => _summaries[site].Label, mayMix: task == LabelTask.Classification);
        if (_images is not null)
        {
            return Known($"label '{name}'", _images.Classes);
        }
        if (!numbers && task == LabelTask.Regression)
        {
            throw new DataException($"Label '{name}' must be a number for regression, but is text at site '{_sites.First(site => !_summaries[site].Label.IsNumeric)}'.");
        }
        if (task == LabelTask.Regression || (task is null && numbers && _sites.Any(site => _summaries[site].Label.Levels is null)))
        {
            return [];
        }
        IReadOnlyList<string> levels = Levels($"label '{name}'", site => _summaries[site].Label);
        if (task is null && numbers && LabelSummary.Guess(levels) == LabelTask.Regression)
        {
            return [];
        }
        return levels;
    }

    /// <summary>Whether a column holds numbers at all sites; false where it holds text.</summary>
    private bool All(string name, string what, string remedy, Func<string, ColumnSummary> of, bool mayMix)
    {
        string? number = _sites.FirstOrDefault(site => of(site).IsNumeric), text = _sites.FirstOrDefault(site => !of(site).IsNumeric);
        return number is null || text is null || mayMix ? text is null : throw new DataException(
            $"{what} must be numbers at every site or text at every site, but is numbers at site '{number}' and text at site '{text}'. Correct it there, or {remedy}.");
    }

    private IReadOnlyList<string> Levels(string what, Func<string, ColumnSummary> of)
    {
        HashSet<string> texts = new(StringComparer.Ordinal);
        foreach (string site in _sites)
        {
            ColumnSummary column = of(site);
            if (column.Levels is not { Count: > 0 } own)
            {
                throw new DataException($"Site '{site}' must tell the different values of {what}, but tells none.");
            }
            if (own.FirstOrDefault(text => Cell.IsMissing(text) || (column.IsNumeric && !Cell.TryNumber(text, out _))) is { } wrong)
            {
                throw new DataException($"Site '{site}' must tell values of {what} that are {(column.IsNumeric ? "numbers" : "there")}, but tells '{wrong}'.");
            }
            texts.UnionWith(own);
        }
        return Cell.Levels(texts);
    }

    /// <summary>Classes that are known beforehand: a site may lack some, but has no others.</summary>
    private IReadOnlyList<string> Known(string what, IReadOnlyList<string> classes)
    {
        foreach (string site in _sites)
        {
            if (_summaries[site].Label.Levels?.FirstOrDefault(level => !classes.Contains(Cell.Level(level, numeric: true))) is { } other)
            {
                throw new DataException($"Site '{site}' must have only {string.Join(", ", classes)} as {what}, but has '{other}'.");
            }
        }
        return classes;
    }
}
