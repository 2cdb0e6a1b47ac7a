using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids.Live;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary>The sites that an experiment declares, with all that they rest on: to account for its arms there.</summary>
public sealed class ExperimentSites
{
    private readonly Experiment _experiment;
    private readonly Dictionary<string, SiteInputs> _sites = [];
    private readonly List<string> _notes = [];
    private Network? _network;

    private ExperimentSites(Experiment experiment) => _experiment = experiment;

    /// <summary>Every figure that the arms rest on.</summary>
    public InputTable Inputs { get; } = new();

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Distinct()];

    /// <summary>The machine that a run is metered on; null where the experiment says nothing of it.</summary>
    public MachineSite? Machine { get; private init; }

    /// <summary>Whether sites are declared besides the machine that a run is metered on.</summary>
    public bool AreGiven => _network is not null;

    /// <exception cref="InvalidOperationException">Something in <c>sites</c> cannot be: a name that no catalog has, figures that contradict each other.</exception>
    public static ExperimentSites Of(Experiment experiment)
    {
        ExperimentSites read = new(experiment) { Machine = MachineSiteReader.Read(experiment) };
        if (!DeclaredSites.AreGiven(experiment))
        {
            return read;
        }
        Plan plan = PlanOf(experiment, DeclaredSites.ThisMachine);
        Refusing(() =>
        {
            StrictFile<Plan> file = StrictFile.Parse<Plan>(StrictFile.Write(plan), experiment.Name);
            Figures figures = new(file, Catalog.BuiltIn, read.Inputs, read._notes);
            SiteReader reader = new(figures, plan.Workload, experiment.Folder, LiveAnswers.Ask(file, figures.Catalog, LiveGrids.Default()));
            foreach ((string name, Site site) in plan.Sites)
            {
                if (site.Clients is not null)
                {
                    file.Refuse($"sites.{name}.clients", "must not be given in an experiment: its data say who trains apart from whom");
                }
                read._sites[name] = reader.Read(name, site);
            }
            figures.NoteRents();
            read._network = new LinkReader(figures, read._sites).Read(plan);
            file.ThrowIfAny();
        });
        return read;
    }

    /// <summary>FLOP/s of each site of the data by its name; null where no hardware is declared.</summary>
    /// <remarks>What else is said of the sites is left aside, so that no service is asked for a grid.</remarks>
    /// <exception cref="InvalidOperationException">A site has no hardware while others have.</exception>
    internal static Func<string, double>? RatesOf(Experiment experiment)
    {
        if (!DeclaredSites.AreGiven(experiment) || experiment.Sites!.All(site => site.Key == DeclaredSites.ThisMachine || site.Value.Hardware is null))
        {
            return null;
        }
        ExperimentSites sites = Of(experiment with
        {
            Sites = experiment.Sites!.Where(site => site.Key != DeclaredSites.ThisMachine)
                .ToDictionary(site => site.Key, site => site.Value with { Grid = site.Value.Grid is null ? null : new() { Intensity = default(Quantity<CarbonIntensity>) } }),
        });
        return site =>
        {
            SiteInputs inputs = sites.SiteOf(site);
            Require.That(inputs.Hardware is not null, $"sites.{inputs.Name}.hardware must be given: virtual time follows from it at the other sites.");
            return inputs.Rate(sites.Inputs.Values());
        };
    }

    /// <summary>What an arm comes to at the declared sites; null where none are declared.</summary>
    /// <param name="rounds">Only so many of its rounds, where it stopped before its end.</param>
    /// <exception cref="InvalidOperationException">A site that is to train has no hardware, or one that is to send has no link.</exception>
    public ModelledFootprint? Model(LoadedArm arm, ulong seed, int rounds = int.MaxValue) =>
        AreGiven ? ModelledAccount.Of(this, arm, ModelOf(arm, seed, rounds), ArmWork.Of(arm, seed, rounds)) : null;

    /// <summary>The arm's model, whose operations and bytes are counted.</summary>
    internal DeclaredArmModel ModelOf(LoadedArm arm, ulong seed, int rounds = int.MaxValue) => arm.Arm switch
    {
        CentralizedArm => new DeclaredCentralized(this, arm, seed, rounds),
        LocalArm => new DeclaredLocal(this, arm, seed, rounds),
        _ => new DeclaredFederated(this, arm, seed, rounds),
    };

    /// <summary>The entry that stands for a site of the data, or for the coordinator.</summary>
    internal SiteInputs SiteOf(string site) => _sites[DeclaredSites.EntryOf(_experiment, site)];

    /// <summary>The same for a site that is to train.</summary>
    internal SiteInputs TrainingSiteOf(string arm, string site)
    {
        SiteInputs inputs = SiteOf(site);
        Require.That(inputs.Hardware is not null, $"sites.{inputs.Name}.hardware must be given: arm {arm} trains there.");
        return inputs;
    }

    /// <summary>The way out of a site that is to send or receive.</summary>
    internal LinkInputs? WayOf(SiteInputs site) => _network!.OwnWay(site.Name);

    /// <summary>The sites as a plan would have them, all that an experiment says of them in it.</summary>
    internal static Plan PlanOf(Experiment experiment, string? without) => new()
    {
        Name = experiment.Name,
        Workload = new() { Precision = Precision.Fp32, Flops = 1 * Computation.Flop }, // arms count their own; this says which of the hardware's rates is meant
        Sites = experiment.Sites!.Where(site => site.Key != without).ToDictionary(),
        Arms = new Dictionary<string, Arms.PlanArm>(),
    };

    /// <summary>Says what was refused without lines, which are not those of the experiment's file.</summary>
    internal static void Refusing(Action read)
    {
        try
        {
            read();
        }
        catch (ExperimentFileException refused)
        {
            throw new InvalidOperationException(string.Join('\n', refused.Problems.Select(problem => problem.Message)), refused);
        }
    }
}
