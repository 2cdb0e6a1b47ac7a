using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>The hardware of a site to inputs: what the file gives, then the catalog, then what must be assumed.</summary>
internal sealed class HardwareReader(Figures figures, Workload workload)
{
    /// <summary>What figures of one's own are taken for: what stands in a facility, or what waits for nobody in ambient air.</summary>
    private const string InFacility = "accelerator", InAmbientAir = "device";

    private static readonly string[] OfHardware = ["count", "utilization", "clients", "ownership", "interconnect"];

    /// <returns>Null where the site has none.</returns>
    public HardwareInputs? Read(string site, Site given)
    {
        string path = $"sites.{site}.hardware";
        if (given.Hardware is not { } choice)
        {
            foreach (string field in OfHardware.Where(f => figures.File.Has($"sites.{site}.{f}")))
            {
                figures.File.Refuse($"sites.{site}.{field}", $"is of hardware: sites.{site}.hardware must be given with it");
            }
            return null;
        }
        HardwareEntry? entry = figures.Named(choice.Name, figures.File.Has($"{path}.name") ? $"{path}.name" : path, figures.Catalog.HardwareNamed);
        bool unknown = choice.Name is not null && entry is null;
        if (!unknown && choice.Power is null && entry is null)
        {
            figures.File.Refuse($"{path}.power", "is missing: must be given where the hardware has no name");
        }
        Estimate<Power>? power = choice.Power ?? (entry is null ? new Estimate<Power>(1 * Power.Watt) : null);
        (int? achieved, int? peak, int? utilization) = Rate(site, given, entry, unknown);
        (int? price, int? purchase) = Cost(path, given, choice, entry);
        int powerIndex = figures.Add($"{path}.power", power, () => entry!.Power);
        return new()
        {
            Label = entry?.Label ?? "hardware of one's own",
            Kind = entry?.Kind ?? OwnKind(given),
            CountIndex = figures.Add($"sites.{site}.count", given.Count, () => Defaults.Count),
            AchievedIndex = achieved,
            PeakIndex = peak,
            UtilizationIndex = utilization,
            PowerIndex = powerIndex,
            IdlePowerIndex = figures.Add($"{path}.idle-power", choice.IdlePower, () => entry?.IdlePower ?? Defaults.IdlePower(power!.Value)),
            EmbodiedIndex = figures.Add($"{path}.embodied", choice.Embodied, () => entry?.Embodied ?? Defaults.NotGiven<Carbon>("carbon of making the hardware")),
            LifetimeIndex = figures.Add($"{path}.lifetime", choice.Lifetime, () => entry?.Lifetime ?? Defaults.Lifetime),
            PriceIndex = price,
            PurchaseIndex = purchase,
            Ownership = price is null ? Ownership.Owned : Ownership.Rented,
        };
    }

    /// <summary>Many clients around which there is no facility are phones and the like: a million of them do not wait for a round of a thousand with their power on.</summary>
    private static string OwnKind(Site site) =>
        site.Clients is { Value: > 1 } && site.Operator is null && site.Pue is not { High.Value: > 1 } ? InAmbientAir : InFacility;

    private (int? Achieved, int? Peak, int? Utilization) Rate(string site, Site given, HardwareEntry? entry, bool unknown)
    {
        HardwareChoice choice = given.Hardware!;
        string path = $"sites.{site}.hardware";
        if (choice.Achieved is { } achieved)
        {
            if (given.Utilization is not null)
            {
                figures.File.Refuse($"sites.{site}.utilization", $"and {path}.achieved (line {figures.File.LineOf($"{path}.achieved")}) exclude each other: utilization is a share of the peak rate");
            }
            return (figures.Given($"{path}.achieved", achieved), null, null);
        }
        if (choice.Peak is null && given.Utilization is null && entry?.Achieved is { } known)
        {
            return (figures.Table.Add($"{path}.achieved", known), null, null);
        }
        if (choice.Peak is { } peak)
        {
            return (null, figures.Given($"{path}.peak", peak), Utilization(site, given));
        }
        if (entry is not null && PeakOf(entry) is { } listed)
        {
            return (null, figures.Table.Add($"{path}.peak", listed), Utilization(site, given));
        }
        if (!unknown && given.Utilization is not null)
        {
            figures.File.Refuse($"sites.{site}.utilization", $"is a share of the peak rate: {path}.peak must be given, because {(entry is null ? "the hardware has no name" : $"the catalog has no peak of {entry.Name}")}");
        }
        else if (!unknown && workload.StepTime is null)
        {
            figures.File.Refuse(path, "must give achieved or peak: nothing tells its rate");
        }
        return default;
    }

    private int Utilization(string site, Site given) => figures.Add($"sites.{site}.utilization", given.Utilization, () => Defaults.Utilization);

    /// <summary>At the workload's precision, or the nearest that the catalog has a rate of, which is said.</summary>
    private Sourced<ComputeRate>? PeakOf(HardwareEntry entry)
    {
        string wanted = workload.Precision.ToString().ToLowerInvariant();
        string[] order = workload.Precision switch
        {
            Precision.Fp32 => ["fp32", "tf32", "fp64"],
            Precision.Fp8 => ["fp8", "bf16", "fp16", "fp32", "fp64"],
            Precision.Fp16 => ["fp16", "bf16", "fp32", "fp64"],
            _ => ["bf16", "fp16", "fp32", "fp64"],
        };
        string? found = order.FirstOrDefault(entry.Peak.ContainsKey);
        if (found is null || found == wanted)
        {
            return found is null ? null : entry.Peak[found];
        }
        return Figures.Assume(entry.Peak[found], $"The rate at {found}, because the catalog has none at {wanted}");
    }

    private (int? Price, int? Purchase) Cost(string path, Site given, HardwareChoice choice, HardwareEntry? entry)
    {
        bool rented = given.Ownership switch
        {
            Ownership.Rented => true,
            Ownership.Owned => false,
            _ => choice.Price is not null || (choice.Purchase is null && entry?.Price is not null),
        };
        return rented
            ? (figures.Add($"{path}.price", choice.Price, () => entry?.Price ?? Defaults.NotGiven<HourlyPrice>("rent of the hardware")), null)
            : (null, figures.Add($"{path}.purchase", choice.Purchase, () => entry?.Purchase ?? Defaults.NotGiven<Money>("price of the hardware")));
    }
}
