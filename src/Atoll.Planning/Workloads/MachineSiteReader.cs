using Atoll.Experiments;
using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids.Live;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Workloads;

/// <summary><c>sites: this-machine</c>: what it gives, and nothing in place of what it does not.</summary>
internal static class MachineSiteReader
{
    private const double SecondsPerHour = 3600;

    /// <returns>Null where the experiment says nothing of the machine.</returns>
    public static MachineSite? Read(Experiment experiment)
    {
        if (experiment.Sites?.GetValueOrDefault(DeclaredSites.ThisMachine) is not { } given)
        {
            return null;
        }
        InputTable table = new();
        SiteInputs? site = null;
        // Its rate is measured, so none need be given: a workload whose steps take a known time asks for none.
        Plan plan = ExperimentSites.PlanOf(experiment, without: null) with
        {
            Workload = new() { StepTime = 1 * Time.Second, Steps = 1 * Count.One },
            Sites = new Dictionary<string, Site> { [DeclaredSites.ThisMachine] = given },
        };
        ExperimentSites.Refusing(() =>
        {
            StrictFile<Plan> file = StrictFile.Parse<Plan>(StrictFile.Write(plan), experiment.Name);
            site = new SiteReader(new(file, Catalog.BuiltIn, table, []), plan.Workload, experiment.Folder, LiveAnswers.Ask(file, Catalog.BuiltIn, LiveGrids.Default())).Read(DeclaredSites.ThisMachine, given);
            file.ThrowIfAny();
        });
        double[] x = table.Values();
        HardwareInputs? hardware = site!.Hardware;
        bool isPriced = given.Tariff is not null || (given.Grid is not null && site.Country is not null);
        int?[] used =
        [
            given.Grid is null ? null : site.GridIndex, given.Pue is null && given.Operator is null ? null : site.PueIndex, isPriced ? site.TariffIndex : null,
            hardware?.EmbodiedIndex, hardware?.LifetimeIndex, hardware?.PriceIndex, hardware?.PurchaseIndex,
        ];
        double? rent = hardware?.PriceIndex is { } price ? x[price] : null;
        double? depreciation = hardware?.PurchaseIndex is { } purchase ? x[purchase] / x[hardware.LifetimeIndex] * SecondsPerHour : null;
        return new()
        {
            Intensity = given.Grid is null ? null : x[site.GridIndex],
            Pue = given.Pue is null && given.Operator is null ? 1 : x[site.PueIndex],
            Tariff = isPriced && site.TariffIndex is { } tariff ? x[tariff] : null,
            EmbodiedGramsPerSecond = hardware is null ? null : x[hardware.CountIndex] * x[hardware.EmbodiedIndex] / x[hardware.LifetimeIndex],
            DollarsPerHour = (rent ?? depreciation) * (hardware is null ? null : x[hardware.CountIndex]),
            Provenance = FigureSources.Of(table, used.OfType<int>()),
        };
    }
}
