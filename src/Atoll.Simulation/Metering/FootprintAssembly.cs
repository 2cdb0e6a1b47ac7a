using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Metering;

/// <summary>An arm's two accounts, of all its seeds: as metered here, and as modelled for the declared sites.</summary>
internal static class FootprintAssembly
{
    /// <returns>Null where there is neither.</returns>
    public static ArmFootprint? Of(IReadOnlyList<EnergyTally> seeds, MachineSite? machine, IReadOnlyList<ModelledFootprint> modelled)
    {
        MeasuredFootprint? measured = MeasuredAccount.Of(seeds, machine);
        return measured is null && modelled.Count == 0 ? null : new() { Measured = measured, Modelled = modelled.Count == 0 ? null : Mean(modelled) };
    }

    private static ModelledFootprint Mean(IReadOnlyList<ModelledFootprint> seeds)
    {
        ModelledFootprint first = seeds[0];
        return seeds.Count == 1 ? first : first with
        {
            WallClockHours = seeds.Average(s => s.WallClockHours),
            ComputeHours = seeds.Average(s => s.ComputeHours),
            MovementHours = seeds.Average(s => s.MovementHours),
            EnergyKWh = new(seeds.Average(s => s.EnergyKWh.Compute), seeds.Average(s => s.EnergyKWh.Overhead), seeds.Average(s => s.EnergyKWh.Network), seeds.Average(s => s.EnergyKWh.Total)),
            CarbonKg = new(
                seeds.Average(s => s.CarbonKg.LocationBased), seeds.Average(s => s.CarbonKg.MarketBased), seeds.Average(s => s.CarbonKg.Network),
                seeds.Average(s => s.CarbonKg.Embodied), seeds.Average(s => s.CarbonKg.Total)),
            WaterLitres = seeds.Average(s => s.WaterLitres),
            CostUsd = new(seeds.Average(s => s.CostUsd.Hardware), seeds.Average(s => s.CostUsd.Electricity), seeds.Average(s => s.CostUsd.Network), seeds.Average(s => s.CostUsd.Total)),
            EffectivePue = seeds.Sum(s => s.EnergyKWh.Compute + s.EnergyKWh.Overhead) / seeds.Sum(s => s.EnergyKWh.Compute),
            BytesMoved = (long)Math.Round(seeds.Average(s => (double)s.BytesMoved)),
            Sites = [.. seeds.SelectMany(s => s.Sites).GroupBy(site => site.Site).Select(same => new SiteShare
            {
                Site = same.Key,
                Flops = same.Sum(site => site.Flops) / seeds.Count,
                BytesUp = same.Sum(site => site.BytesUp) / seeds.Count,
                BytesDown = same.Sum(site => site.BytesDown) / seeds.Count,
            })],
        };
    }
}
