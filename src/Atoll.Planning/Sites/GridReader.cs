using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Sites;

/// <summary>The electricity of a site to inputs.</summary>
/// <param name="folder">From which paths of traces start.</param>
internal sealed class GridReader(Figures figures, string folder, LiveAnswers live)
{
    private const string World = "world";

    /// <summary>A grid as read.</summary>
    /// <param name="Index">Of its intensity.</param>
    /// <param name="Country">ISO 3166, where known.</param>
    public readonly record struct Grid(int Index, GridTrace? Trace, string? Country);

    public Grid Read(string site, GridChoice? choice)
    {
        string field = $"sites.{site}.grid", path = $"{field}.intensity";
        Grid grid = choice is null ? new(figures.Table.Add(path, Unknown()), null, null) : Chosen(site, choice, field, path);
        figures.Table.Alias(field, grid.Index);
        return grid;
    }

    private Grid Chosen(string site, GridChoice choice, string field, string path)
    {
        string[] ways = [.. new[] { ("name", choice.Name is null), ("intensity", choice.Intensity is null), ("trace", choice.Trace is null), ("live", choice.Live is null) }
            .Where(way => !way.Item2).Select(way => way.Item1)];
        if (ways.Length != 1)
        {
            figures.File.Refuse(field, $"must give one of name, intensity, trace and live (was {(ways.Length == 0 ? "none" : string.Join(" and ", ways))})");
        }
        if (choice.FactorSet is not null && choice.Name is null)
        {
            figures.File.Refuse($"{field}.factor-set", "is a choice among the catalog's: name must be given with it");
        }
        if (choice.Intensity is { } given)
        {
            return new(figures.Given(path, given), null, null);
        }
        if (choice.Name is not null)
        {
            string named = figures.File.Has($"{field}.factor-set") ? $"{field}.factor-set" : figures.File.Has($"{field}.name") ? $"{field}.name" : field;
            return figures.Named(choice.Name, named, name => figures.Catalog.Grid(name, choice.FactorSet)) is { } entry
                ? new(figures.Table.Add(path, Described(entry)), null, entry.Country)
                : new(figures.Table.Add(path, Unknown()), null, null);
        }
        return choice.Trace is { } trace ? Traced(trace, choice.Gaps, field, path) : Live(site, path);
    }

    /// <summary>The world's mean, with the range of the grids of the same set: where in it the site lies is not known.</summary>
    private Sourced<CarbonIntensity> Unknown()
    {
        GridEntry world = figures.Catalog.Grid(World);
        Quantity<CarbonIntensity>[] all = [.. figures.Catalog.Grids.Where(g => g.FactorSet == world.FactorSet).Select(g => g.Intensity.Value)];
        return Figures.Assume(Described(world) with { Low = all.Min(), High = all.Max() }, $"No grid is given: the world's mean, with the range of the {all.Length} grids of {world.FactorSet}");
    }

    private static Sourced<CarbonIntensity> Described(GridEntry entry) => entry.Intensity with
    {
        Origin = entry.Intensity.Origin with
        {
            Note = $"{entry.Label}, {entry.FactorSet}, {(entry.IsLifeCycle ? "life cycle" : "direct")}{(entry.Intensity.Origin.Note is { } note ? $"; {note}" : "")}",
        },
    };

    private Grid Traced(string file, GapRule gaps, string field, string path)
    {
        try
        {
            GridTrace trace = GridTrace.Read(Path.GetFullPath(file, folder), gaps);
            figures.Notes.AddRange(trace.Notes);
            return new(figures.Table.Add(path, Mean(trace)), trace, null);
        }
        catch (TraceException e)
        {
            figures.File.Refuse($"{field}.trace", $"must be a trace that can be read. {e.Message.TrimEnd('.')}");
            return new(figures.Table.Add(path, Unknown()), null, null);
        }
    }

    private static Sourced<CarbonIntensity> Mean(GridTrace trace)
    {
        string mean = $"mean of {trace.Intensities.Length} steps of {trace.Step}";
        return Sourced<CarbonIntensity>.Of(trace.Mean, trace.Origin with { Note = trace.Origin.Note is { } note ? $"{mean}; {note}" : mean });
    }

    /// <summary>What the service said, or what stands for it, which a note says.</summary>
    private Grid Live(string site, string path)
    {
        if (live.Of(site) is not { } answer)
        {
            return new(figures.Table.Add(path, Unknown()), null, null);
        }
        figures.Notes.AddRange(answer.Notes.Select(note => $"sites.{site}.grid: {note}"));
        return new(figures.Table.Add(path, answer.Intensity), answer.Trace, answer.Country);
    }
}
