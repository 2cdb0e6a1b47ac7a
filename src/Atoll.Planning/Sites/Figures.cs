using Atoll.Experiments;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Sites;

/// <summary>Where a plan's figures come together: the file that gives them, the catalog behind it, and the table that they are noted in.</summary>
internal sealed class Figures(StrictFile<Plan> file, Catalog catalog, InputTable table, List<string> notes)
{
    private const int Listed = 10;

    public StrictFile<Plan> File => file;

    public Catalog Catalog => catalog;

    public InputTable Table => table;

    public List<string> Notes => notes;

    /// <summary>Sites whose rent is taken to have their electricity in it, by name.</summary>
    public List<string> Rents { get; } = [];

    /// <summary>One note for all of <see cref="Rents"/>.</summary>
    public void NoteRents()
    {
        if (Rents.Count > 0)
        {
            notes.Add($"The rent of the hardware at {Few(Rents)} is taken to have its electricity in it: give a tariff where it has not.");
        }
    }

    private static string Few(List<string> names) => names.Count <= Listed ? string.Join(", ", names) : $"{string.Join(", ", names[..(Listed - 1)])} and {names.Count - Listed + 1} others";

    /// <summary>Notes a figure that the file gives: as a fact, or with a range, which is an assumption by its own words.</summary>
    /// <param name="path">Of the input.</param>
    /// <param name="field">In the file, where it is called otherwise.</param>
    public int Given<TDimension>(string path, Estimate<TDimension> value, string? field = null) where TDimension : IDimension<TDimension> =>
        table.Add(path, value, new() { Basis = value.IsRange ? Basis.Assumed : Basis.Measured, Source = $"the plan file, line {file.LineOf(field ?? path)}" });

    /// <summary>Notes what the file gives, or what is taken otherwise.</summary>
    public int Add<TDimension>(string path, Estimate<TDimension>? given, Func<Sourced<TDimension>> otherwise, string? field = null) where TDimension : IDimension<TDimension> =>
        given is { } value ? Given(path, value, field) : table.Add(path, otherwise());

    /// <summary>Null where the file gives nothing.</summary>
    public int? Maybe<TDimension>(string path, Estimate<TDimension>? given, string? field = null) where TDimension : IDimension<TDimension> =>
        given is { } value ? Given(path, value, field) : null;

    /// <summary>Looks a name up; an unknown one is refused.</summary>
    /// <returns>Null where the file gives no name, or an unknown one.</returns>
    public T? Named<T>(string? name, string field, Func<string, T> find) where T : class
    {
        try
        {
            return name is null ? null : find(name);
        }
        catch (CatalogException e)
        {
            file.Refuse(field, $"must be in the catalog. {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>Refuses a figure of the file that is not above zero.</summary>
    public void RequirePositive<TDimension>(string field, Estimate<TDimension>? value) where TDimension : IDimension<TDimension>
    {
        if (value is { } v && !(v.Low.Value > 0))
        {
            file.Refuse(field, $"must be more than 0 (was {v})");
        }
    }

    /// <inheritdoc cref="RequirePositive{TDimension}(string, Estimate{TDimension}?)"/>
    public void RequirePositive<TDimension>(string field, Quantity<TDimension>? value) where TDimension : IDimension<TDimension> =>
        RequirePositive<TDimension>(field, value is { } v ? new Estimate<TDimension>(v) : null);

    /// <summary>A known figure taken for one that is not given, and why.</summary>
    public static Sourced<TDimension> Assume<TDimension>(Sourced<TDimension> figure, string why) where TDimension : IDimension<TDimension> =>
        figure with { Origin = figure.Origin with { Basis = Basis.Assumed, Note = figure.Origin.Note is { } note ? $"{why}. {note}" : why } };
}
