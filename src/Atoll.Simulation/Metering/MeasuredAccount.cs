using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Metering;

/// <summary>From what the seeds of an arm were metered to take, its footprint on this machine: means over the seeds.</summary>
internal static class MeasuredAccount
{
    private const double JoulesPerKilowattHour = 3.6e6;

    /// <returns>Null where nothing was metered.</returns>
    public static MeasuredFootprint? Of(IReadOnlyList<EnergyTally> seeds, MachineSite? machine)
    {
        seeds = [.. seeds.Where(seed => seed.Parts.Count > 0)]; // a seed trained before there was a meter says nothing of the mean
        EnergyTally all = seeds.Aggregate(EnergyTally.None, (sum, seed) => sum.Plus(seed));
        if (all.Parts.Count == 0)
        {
            return null;
        }
        double seconds = all.Seconds / seeds.Count, kilowattHours = all.Parts.Sum(part => part.Joules) / seeds.Count / JoulesPerKilowattHour;
        return new()
        {
            Seconds = seconds,
            Energy = [.. all.Parts.Select(part => new MeasuredEnergy
            {
                Component = part.Component,
                EnergyKWh = part.Joules / seeds.Count / JoulesPerKilowattHour,
                Basis = part.Basis,
                Source = part.Source,
            })],
            EnergyKWh = kilowattHours,
            CarbonKg = machine?.CarbonKg(kilowattHours),
            EmbodiedKg = machine?.EmbodiedKg(seconds),
            CostUsd = machine?.CostUsd(kilowattHours, seconds),
            Notes = all.Notes,
            Provenance = machine?.Provenance ?? [],
        };
    }
}
