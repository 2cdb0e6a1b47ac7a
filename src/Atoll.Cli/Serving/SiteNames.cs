using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Learning.Data;
using Atoll.Ledger.Entries;
using Atoll.Planning.Workloads;

namespace Atoll.Cli.Serving;

/// <summary>Which sites a run across machines expects, in the order that their random numbers are keyed by.</summary>
internal static class SiteNames
{
    /// <summary>Names under <c>sites:</c> that are no site of the data.</summary>
    private static readonly string[] Reserved = ["default", "coordinator", "this-machine"];

    /// <summary>Those that are given; else those of a partition or a catalog's data set; else those of the data, where it lies here; else those that the file describes.</summary>
    /// <exception cref="CommandException">Nobody says which.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> given, Experiment experiment, string file)
    {
        IReadOnlyList<string> names = given.Count > 0 ? given : LiveArms.Sites(experiment) ?? OfData(experiment, file) ?? [.. experiment.Sites?.Keys.Except(Reserved) ?? []];
        if (names.FirstOrDefault(name => !SiteName.IsLegal(name)) is { } illegal)
        {
            throw new CommandException(given.Count > 0 ? ExitCode.Usage : ExitCode.BadInput, $"{(given.Count > 0 ? "--sites" : file)}: {SiteName.Rule} (was '{illegal}').");
        }
        return names.Count > 0 ? names : throw new CommandException(ExitCode.BadInput,
            $"{file}: a run across machines must know its sites' names, but neither is the data here nor does the file describe any under sites. Name them with --sites a,b,c.");
    }

    private static string[]? OfData(Experiment experiment, string file)
    {
        LoadedExperiment loaded;
        try
        {
            loaded = LoadedExperiment.Load(experiment, experiment.Seed);
        }
        catch (DataException)
        {
            return null; // the rows lie at the sites, as they should
        }
        catch (Exception e) when (Faults.InInput(e) is { } problem)
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: {problem}", e);
        }
        string[][] names = [.. loaded.Arms.Where(arm => arm.Value.Arm is FederatedArm).Select(arm => arm.Value.Facts.Sites.Select(site => site.Name).ToArray())];
        return names.All(other => other.SequenceEqual(names[0])) ? names.FirstOrDefault()
            : throw new CommandException(ExitCode.BadInput, $"{file}: all federated arms of a run across machines must have the same sites, but {names.Select(other => string.Join(", ", other)).Distinct().First()} are not those of another arm. Choose arms with --arm.");
    }
}
