using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Live;

/// <summary>One site's table, held against an experiment: first what the site tells of it, by arm, then its rows, encoded as all sites agreed.</summary>
public sealed class SiteData
{
    private readonly Experiment _experiment;
    private readonly IReadOnlyDictionary<string, FederatedArm> _arms;
    private readonly int _index;

    private SiteData(Experiment experiment, string site, int index, Table table)
    {
        (_experiment, _arms, Site, _index, Table) = (experiment, LiveArms.Of(experiment), site, Require.AtLeast(0, index), table);
        if (LiveArms.Obstacle(experiment) is { } obstacle)
        {
            throw new DataException(obstacle);
        }
        OrderedDictionary<string, TableSummary> summaries = [];
        Dictionary<string, TableSummary> done = [];
        foreach ((string name, FederatedArm arm) in _arms)
        {
            string key = LiveArms.Key(arm);
            if (!done.TryGetValue(key, out TableSummary? summary))
            {
                done[key] = summary = Named(name, () => LiveArms.Preparation(arm).Summarize(table, site));
            }
            summaries[name] = summary;
        }
        Summaries = summaries;
    }

    public string Site { get; }

    /// <summary>The rows as they were read.</summary>
    public Table Table { get; }

    /// <summary>All that leaves the site before training, by federated arm.</summary>
    public IReadOnlyDictionary<string, TableSummary> Summaries { get; }

    /// <summary>Reads a site's files and holds them against the experiment that it is invited to.</summary>
    /// <param name="files">CSV files, rows appended in order.</param>
    /// <exception cref="DataException">The data does not fit: the message names arm, file, line and column.</exception>
    /// <exception cref="ExperimentFileException">The description's experiment is none.</exception>
    public static SiteData Read(RunDescription description, IReadOnlyList<string> files)
    {
        int index = Array.IndexOf(description.Sites.ToArray(), description.Site);
        return index >= 0
            ? Read(ExperimentFile.Parse(description.Experiment, "the run's experiment", Path.GetFullPath(".")), description.Site, index, files)
            : throw new DataException($"Site '{description.Site}' must be one of the run's sites, but those are {string.Join(", ", description.Sites)}.");
    }

    /// <param name="index">The site's place among all sites, from 0.</param>
    /// <exception cref="DataException">The data does not fit: the message names arm, file, line and column.</exception>
    public static SiteData Read(Experiment experiment, string site, int index, IReadOnlyList<string> files) => Of(experiment, site, index, CsvFile.Read(files));

    /// <exception cref="DataException">The data does not fit: the message names arm, file, line and column.</exception>
    public static SiteData Of(Experiment experiment, string site, int index, Table table) => new(experiment, site, index, table);

    /// <summary>By arm, the site's rows: a data set with this one site. Arms that prepare their rows alike share them.</summary>
    /// <param name="schemas">By arm.</param>
    /// <exception cref="DataException">A schema is missing, or the rows do not fit it.</exception>
    public IReadOnlyDictionary<string, PreparedData> Prepare(IReadOnlyDictionary<string, DataSchema> schemas)
    {
        OrderedDictionary<string, PreparedData> prepared = [];
        Dictionary<string, PreparedData> done = [];
        foreach ((string name, FederatedArm arm) in _arms)
        {
            if (!schemas.TryGetValue(name, out DataSchema? schema))
            {
                throw new DataException($"The run must have a schema for arm {name}, but has none.");
            }
            string key = LiveArms.Key(arm) + JsonSerializer.Serialize(schema);
            if (!done.TryGetValue(key, out PreparedData? rows))
            {
                done[key] = rows = Named(name, () => LiveArms.Preparation(arm).Prepare(Table, schema, Site, _index, _experiment.Seed));
            }
            prepared[name] = rows;
        }
        return prepared;
    }

    /// <summary>The least that a row's shape and the number of classes can become in an arm; the other sites may have values besides.</summary>
    public (Shape Sample, int Classes) Least(string arm) => LiveArms.Preparation(_arms[arm]).Least(Summaries[arm]);

    /// <summary>What a site tells of its prepared rows.</summary>
    public static PreparedRows Count(PreparedData prepared)
    {
        Dataset data = prepared.Sited.Data;
        SiteRows site = prepared.Sited.Sites[0];
        Dictionary<string, int> labels = data.Classes.ToDictionary(name => name, _ => 0);
        if (data.IsClassification)
        {
            foreach (int row in site.Train.Concat(site.Test))
            {
                labels[data.Classes[(int)data.Targets[row]]]++;
            }
        }
        return new PreparedRows { TrainRows = site.Train.Length, TestRows = site.Test.Length, Labels = labels };
    }

    /// <summary>Names the arm where there is a choice.</summary>
    private T Named<T>(string arm, Func<T> prepare) => _arms.Values.Select(LiveArms.Key).Distinct().Count() > 1 ? LiveArms.Named(arm, prepare) : prepare();
}
