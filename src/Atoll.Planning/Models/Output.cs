namespace Atoll.Planning.Models;

/// <summary>A figure of every arm, by the name that <c>until</c>, <c>show</c> and the JSON use (there in camelCase).</summary>
/// <param name="Name">In kebab-case: <c>energy-kwh.total</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Unit">Empty for a plain number.</param>
public sealed record Output(string Name, string Label, string Unit, Func<ArmOutcome, double?> Value)
{
    private const double JoulesPerKilowattHour = 3.6e6;

    public static IReadOnlyList<Output> All { get; } =
    [
        new("wall-clock-hours", "Wall-clock time", "h", o => o.WallClockSeconds / 3600),
        new("compute-hours", "Computing", "h", o => o.ComputeSeconds / 3600),
        new("exposed-communication-hours", "Waiting for the network", "h", o => o.ExposedCommunicationSeconds / 3600),
        new("hidden-communication-hours", "Network behind computing", "h", o => o.HiddenCommunicationSeconds / 3600),
        new("waiting-hours", "Waiting for others", "h", o => o.WaitingSeconds / 3600),
        new("movement-hours", "Moving raw data", "h", o => o.MovementSeconds / 3600),
        new("utilization", "Utilization", "", o => o.Utilization),
        new("energy-kwh.compute", "Energy of computing", "kWh", o => o.ComputeJoules / JoulesPerKilowattHour),
        new("energy-kwh.overhead", "Cooling and other overhead", "kWh", o => o.OverheadJoules / JoulesPerKilowattHour),
        new("energy-kwh.network", "Energy of the network", "kWh", o => o.NetworkJoules / JoulesPerKilowattHour),
        new("energy-kwh.total", "Energy", "kWh", o => o.EnergyJoules / JoulesPerKilowattHour),
        new("carbon-kg.location-based", "Carbon, location-based", "kg", o => o.LocationBasedGrams / 1e3),
        new("carbon-kg.market-based", "Carbon, market-based", "kg", o => o.MarketBasedGrams / 1e3),
        new("carbon-kg.network", "Carbon of the network", "kg", o => o.NetworkGrams / 1e3),
        new("carbon-kg.embodied", "Embodied carbon", "kg", o => o.EmbodiedGrams / 1e3),
        new("carbon-kg.total", "Carbon", "kg", o => o.CarbonGrams / 1e3),
        new("water-litres", "Water", "L", o => o.WaterLitres),
        new("cost-usd.hardware", "Hardware", "$", o => o.HardwareDollars),
        new("cost-usd.electricity", "Electricity", "$", o => o.ElectricityDollars),
        new("cost-usd.network", "Network", "$", o => o.NetworkDollars),
        new("cost-usd.total", "Cost", "$", o => o.Dollars),
        new("capital-usd", "Capital", "$", o => o.CapitalDollars),
        new("cost-per-exaflop-usd", "Cost per exaFLOP", "$", o => o.DollarsPerExaflop),
        new("sci-grams-per-exaflop", "SCI score, per exaFLOP", "g", o => o.SciGramsPerExaflop),
        new("effective-pue", "Effective PUE", "", o => o.EffectivePue),
        new("loss-ratio", "Loss against data-parallel", "", o => o.LossRatio),
    ];

    /// <summary>In the JSON: <c>energyKWh.total</c>.</summary>
    public string JsonName { get; } = string.Concat(Name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])).Replace("Kwh", "KWh", StringComparison.Ordinal);

    /// <summary>By either name. Null where no output has it.</summary>
    public static Output? Find(string name) => All.FirstOrDefault(o => o.Name == name || o.JsonName == name);
}
