using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>The whole job at one site at a time, when and where it causes least carbon, within a deadline.</summary>
/// <remarks>
/// Each site's figures are those of a centralized run there; what the arm chooses is when (and so at which intensity), where, and in which pieces. Without a start,
/// every start of the traces is tried and the mean taken. A pausing job gives its hardware back: pauses cost time alone. Raw data are moved to the
/// site before; deadline and slack are counted with that, and the traces' hours from when the data are there.
/// </remarks>
internal sealed class CarbonAwareModel : IArmModel
{
    /// <summary>Starts at which migration is searched in each draw, held once against many: as many as keep ten thousand draws below two seconds.</summary>
    private const int MigrationSteps = 1000, MostMigrationStarts = 4;

    private readonly CarbonAwareSearch _search;
    private readonly IArmModel[] _centralized;
    private readonly CarbonAwareMoves? _moves;
    private readonly SiteInputs[] _sites;
    private readonly CarbonAwareJob _stated;
    private readonly CarbonAwareWindows _windows;

    internal CarbonAwareModel(CarbonAware arm, ArmContext context, CarbonAwareGrids grids, SiteInputs[] sites, IArmModel[] centralized, CarbonAwareMoves? moves, CarbonAwareWindows windows, int? start)
    {
        (_centralized, _moves, _sites, _windows) = (centralized, moves, sites, windows);
        double[] x = context.Inputs.Values();
        _stated = windows.Job(x, Outcomes(x));
        _search = new(arm.Strategy, grids, start, _stated);
        if (Migration(x, _stated) is { } migration)
        {
            _search.Calibrate(_stated, migration, MigrationSteps, MostMigrationStarts);
        }
        Formulas = [.. CarbonAwareFormulas.Of(arm, context, sites, moves, windows, centralized)];
    }

    public IReadOnlyList<Formula> Formulas { get; }

    /// <summary>Share of the carbon of running (by the grids) that is saved against starting at once at the first site; at the values as given.</summary>
    public double Saving(ReadOnlySpan<double> x)
    {
        ArmOutcome[] outcomes = Outcomes(x);
        double now = outcomes[0].LocationBasedGrams * _search.NowRelative(_windows.Job(x, outcomes));
        return now > 0 ? 1 - Evaluate(x).LocationBasedGrams / now : 0;
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        ArmOutcome[] outcomes = Outcomes(x);
        CarbonAwareJob job = _windows.Job(x, outcomes);
        CarbonAwareUse use = Use(x, job);
        return CarbonAwareOutcome.Of(x, outcomes, use, job, _search.Grids.Step.TotalSeconds, _sites, _moves);
    }

    /// <summary>One job over time: at the start given, else at that whose saving is nearest the mean of all.</summary>
    public Timeline TimelineAt(ReadOnlySpan<double> x)
    {
        CarbonAwareJob job = _windows.Job(x, Outcomes(x));
        return _search.Timeline(job, Migration(x, job), x, _sites);
    }

    private CarbonAwareUse Use(ReadOnlySpan<double> x, CarbonAwareJob job) => Migration(x, job) is { } migration
        ? _search.Migrated(job, migration, MigrationSteps, MostMigrationStarts)
        : _search.Placed(job);

    private CarbonAwareMigration? Migration(ReadOnlySpan<double> x, CarbonAwareJob job)
    {
        if (_moves is null)
        {
            return null;
        }
        int n = job.Sites;
        double[,] steps = new double[n, n], grams = new double[n, n];
        for (int from = 0; from < n; from++)
        {
            for (int to = 0; to < n; to++)
            {
                (steps[from, to], grams[from, to]) = from == to ? (double.NaN, 0) : (_moves.Seconds(x, from, to) / _search.Grids.Step.TotalSeconds, _moves.Grams(x, from, to));
            }
        }
        return new(_search.Grids, job, steps, grams);
    }

    private ArmOutcome[] Outcomes(ReadOnlySpan<double> x)
    {
        ArmOutcome[] outcomes = new ArmOutcome[_centralized.Length];
        for (int site = 0; site < outcomes.Length; site++)
        {
            outcomes[site] = _centralized[site].Evaluate(x);
        }
        return outcomes;
    }
}
