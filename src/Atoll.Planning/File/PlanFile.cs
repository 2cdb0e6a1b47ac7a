using Atoll.Experiments;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids.Live;
using Atoll.Planning.Arms;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Sites;

namespace Atoll.Planning.File;

/// <summary>Reads plan files strictly and resolves all they rest on to inputs.</summary>
public static class PlanFile
{
    /// <summary>The file's name where a folder is given.</summary>
    public const string DefaultName = "plan.yaml";

    /// <param name="path">A YAML file, or a folder that holds <see cref="DefaultName"/>.</param>
    /// <param name="live">The services to ask where a grid is <c>live</c>; the user's own keys and cache where null.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the file: it lists everything that could be found.</exception>
    public static PreparedPlan Read(string path, LiveGrids? live = null)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, DefaultName) : path;
        if (!System.IO.File.Exists(file))
        {
            throw new ExperimentFileException([new() { File = file, Line = 0, Column = 0, Field = "", Message = $"there is no such file. A plan is a YAML file, or a folder that holds {DefaultName}." }]);
        }
        return Prepare(StrictFile.Read<Plan>(file), file, Path.GetDirectoryName(Path.GetFullPath(file))!, live);
    }

    /// <param name="text">The file's text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">The full path from which the paths in it start.</param>
    /// <param name="live">As in <see cref="Read"/>.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the text.</exception>
    public static PreparedPlan Parse(string text, string file, string folder, LiveGrids? live = null) =>
        Prepare(StrictFile.Parse<Plan>(text, file), file, folder, live);

    private static PreparedPlan Prepare(StrictFile<Plan> file, string name, string folder, LiveGrids? live)
    {
        Plan plan = file.Value;
        Figures figures = new(file, Catalogs(file, folder), new InputTable(), []);
        PlanChecks.Names(file);
        WorkloadInputs workload = new WorkloadReader(figures, folder).Read(plan.Workload);
        SiteReader reader = new(figures, plan.Workload, folder, LiveAnswers.Ask(file, figures.Catalog, live ?? LiveGrids.Default()));
        OrderedDictionary<string, SiteInputs> sites = [];
        foreach ((string site, Experiments.Sites.Site given) in plan.Sites)
        {
            sites.Add(site, reader.Read(site, given));
        }
        figures.NoteRents();
        Network network = new LinkReader(figures, sites).Read(plan);
        List<PreparedArm> arms = [];
        foreach ((string arm, PlanArm given) in plan.Arms)
        {
            IReadOnlyDictionary<string, SiteInputs> seen = ArmSites.Of(arm, given, sites, figures);
            ArmContext context = new()
            {
                ArmName = arm,
                Workload = workload,
                Sites = seen,
                Network = network.For(seen, given.Over),
                Lines = network.Links.Select(l => l.Line).Distinct(),
                Inputs = figures.Table,
                File = file,
                Notes = figures.Notes,
            };
            if (ArmChecks.Pass(given, context) && ArmModels.Create(given, context) is { } model)
            {
                arms.Add(new(arm, ArmModels.KindOf(given), model.Model, model.Privacy));
            }
        }
        QuestionChecks.Check(file, figures.Table);
        file.ThrowIfAny();
        return new() { Plan = plan, File = name, Workload = workload.Description, Inputs = figures.Table, Sites = sites, Network = network, Arms = arms, Notes = [.. figures.Notes.Distinct()] };
    }

    private static Catalog Catalogs(StrictFile<Plan> file, string folder)
    {
        Catalog catalog = Catalog.BuiltIn;
        // The first that is listed goes before the others.
        for (int i = file.Value.Catalogs.Count - 1; i >= 0; i--)
        {
            try
            {
                catalog = catalog.With(Path.GetFullPath(file.Value.Catalogs[i], folder));
            }
            catch (CatalogException e)
            {
                file.Refuse($"catalogs[{i}]", $"must be a catalog that can be read. {e.Message.TrimEnd('.')}");
            }
        }
        return catalog;
    }
}
