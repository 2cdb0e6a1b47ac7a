using Atoll.Experiments;
using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Live;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Arms;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>What the live services say of a plan's grids, all asked at once; the catalog's mean stands for one that fails, with a note.</summary>
internal sealed class LiveAnswers
{
    /// <summary>As far ahead as the services' forecasts go.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(72);

    private const string World = "world";

    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>What is known of a site's grid.</summary>
    /// <param name="Trace">The forecast, for sites at which an arm chooses its hours.</param>
    public sealed record Answer(Sourced<CarbonIntensity> Intensity, GridTrace? Trace, string? Country, IReadOnlyList<string> Notes);

    public static LiveAnswers Ask(StrictFile<Plan> file, Catalog catalog, LiveGrids services)
    {
        Plan plan = file.Value;
        HashSet<string> shifted = [.. plan.Arms.Values.OfType<CarbonAware>().SelectMany(a => a.Sites)];
        Dictionary<string, Task<Answer>> asked = [];
        Dictionary<(LiveGrid, bool), Task<Answer>> once = []; // sites on the same grid share one answer
        foreach ((string site, Site given) in plan.Sites)
        {
            if (given.Grid?.Live is not { } live)
            {
                continue;
            }
            if (live.Zone is null && live.Service != LiveService.Uk)
            {
                file.Refuse($"sites.{site}.grid.live.zone", "is missing: only the UK service has one zone alone");
                continue;
            }
            (LiveGrid, bool) question = (live, shifted.Contains(site));
            asked[site] = once.TryGetValue(question, out Task<Answer>? same) ? same : once[question] = AskAsync(live, catalog, services, question.Item2);
        }
        Task.WhenAll(asked.Values).GetAwaiter().GetResult();
        LiveAnswers answers = new();
        foreach ((string site, Task<Answer> task) in asked)
        {
            answers._answers[site] = task.Result;
        }
        return answers;
    }

    /// <summary>Null where nothing was asked.</summary>
    public Answer? Of(string site) => _answers.GetValueOrDefault(site);

    private static async Task<Answer> AskAsync(LiveGrid live, Catalog catalog, LiveGrids services, bool ahead)
    {
        GridEntry instead = LiveGrids.Fallback(live.Service, live.Zone, catalog);
        string? country = instead.Name == World ? null : instead.Country;
        if (ahead)
        {
            ResolvedGrid<GridTrace> forecast = await services.ResolveForecastAsync(live.Service, live.Zone, Horizon, instead).ConfigureAwait(false);
            return new(Sourced<CarbonIntensity>.Of(forecast.Value.Mean, forecast.Origin), forecast.Value, country, forecast.Notes);
        }
        ResolvedGrid<Quantity<CarbonIntensity>> now = await services.ResolveAsync(live.Service, live.Zone, instead).ConfigureAwait(false);
        return new(Sourced<CarbonIntensity>.Of(now.Value, now.Origin), null, country, now.Notes);
    }
}
