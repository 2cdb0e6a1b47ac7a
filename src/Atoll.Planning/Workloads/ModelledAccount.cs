using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Planning.Models;

namespace Atoll.Planning.Workloads;

/// <summary>An arm's outcome at the declared sites, as a run's result shows it.</summary>
internal static class ModelledAccount
{
    private const double JoulesPerKilowattHour = 3.6e6, SecondsPerHour = 3600;

    public static ModelledFootprint Of(ExperimentSites sites, LoadedArm arm, DeclaredArmModel model, ArmWork work)
    {
        ArmOutcome o = model.Evaluate(sites.Inputs.Values());
        return new()
        {
            WallClockHours = o.WallClockSeconds / SecondsPerHour,
            ComputeHours = o.ComputeSeconds / SecondsPerHour,
            MovementHours = o.MovementSeconds / SecondsPerHour,
            EnergyKWh = new(o.ComputeJoules / JoulesPerKilowattHour, o.OverheadJoules / JoulesPerKilowattHour, o.NetworkJoules / JoulesPerKilowattHour, o.EnergyJoules / JoulesPerKilowattHour),
            CarbonKg = new(o.LocationBasedGrams / 1e3, o.MarketBasedGrams / 1e3, o.NetworkGrams / 1e3, o.EmbodiedGrams / 1e3, o.CarbonGrams / 1e3),
            WaterLitres = o.WaterLitres,
            CostUsd = new(o.HardwareDollars, o.ElectricityDollars, o.NetworkDollars, o.Dollars),
            EffectivePue = o.ComputeJoules > 0 ? o.EffectivePue : 1,
            BytesMoved = model.BytesMoved,
            Sites = arm.Arm is CentralizedArm ? [] : [.. work.Sites.Select(site => new SiteShare { Site = site.Site, Flops = site.Flops, BytesUp = site.BytesUp, BytesDown = site.BytesDown })],
            Notes = sites.Notes,
            Provenance = FigureSources.Of(sites.Inputs, Enumerable.Range(0, sites.Inputs.Inputs.Count).Where(i => Concerns(sites.Inputs.Inputs[i].Path, arm.Name))),
        };
    }

    /// <summary>Figures of sites, and those of this arm.</summary>
    private static bool Concerns(string path, string arm) => !path.StartsWith("arms.", StringComparison.Ordinal) || path.StartsWith($"arms.{arm}.", StringComparison.Ordinal);
}
