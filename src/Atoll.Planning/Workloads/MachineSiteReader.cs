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

/// <summary><c>sites: this-machine</c>: what it gives, and nothing in place of what it does not.</summary>
internal static class MachineSiteReader
{
    private const double SecondsPerHour = 3600;

    private static readonly FigureSource NoFacility = new()
    {
        Path = $"sites.{DeclaredSites.ThisMachine}.pue",
        Unit = "",
        Value = 1,
        Low = 1,
        High = 1,
        Basis = "assumed",
        Source = "none is given: what cools and powers this machine is left out",
    };

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
        // A zero stands where neither file nor catalog gives a figure.
        int? embodied = Above(hardware?.EmbodiedIndex), rented = Above(hardware?.PriceIndex), bought = Above(hardware?.PurchaseIndex);
        bool hasPue = given.Pue is not null || given.Operator is not null;
        bool isPriced = given.Tariff is not null || (given.Grid is not null && site.Country is not null);
        int?[] used =
        [
            given.Grid is null ? null : site.GridIndex, hasPue ? site.PueIndex : null, isPriced ? site.TariffIndex : null,
            embodied, (embodied ?? bought) is null ? null : hardware!.LifetimeIndex, rented, bought,
        ];
        double? rent = rented is { } price ? x[price] : null;
        double? depreciation = bought is { } purchase ? x[purchase] / x[hardware!.LifetimeIndex] * SecondsPerHour : null;
        return new()
        {
            Intensity = given.Grid is null ? null : x[site.GridIndex],
            Pue = hasPue ? x[site.PueIndex] : 1,
            Tariff = isPriced && site.TariffIndex is { } tariff ? x[tariff] : null,
            EmbodiedGramsPerSecond = embodied is { } made ? x[hardware!.CountIndex] * x[made] / x[hardware.LifetimeIndex] : null,
            DollarsPerHour = (rent ?? depreciation) * (hardware is null ? null : x[hardware.CountIndex]),
            Provenance = hasPue ? FigureSources.Of(table, used.OfType<int>()) : [.. FigureSources.Of(table, used.OfType<int>()), NoFacility],
        };

        int? Above(int? index) => index is { } i && x[i] > 0 ? i : null;
    }
}
