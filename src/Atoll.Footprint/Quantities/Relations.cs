namespace Atoll.Footprint.Quantities;

/// <summary>What becomes what by multiplication and division; anything else does not compile.</summary>
public static class Relations
{
    private const double JoulesPerKilowattHour = 3.6e6;

    private const double BitsPerGigabyte = 8e9;

    private const double SecondsPerHour = 3600;

    extension(Quantity<Power>)
    {
        public static Quantity<Energy> operator *(Quantity<Power> power, Quantity<Time> time) => new(power.Value * time.Value);
    }

    extension(Quantity<Energy>)
    {
        public static Quantity<Carbon> operator *(Quantity<Energy> energy, Quantity<CarbonIntensity> intensity) => new(energy.Value / JoulesPerKilowattHour * intensity.Value);

        public static Quantity<Water> operator *(Quantity<Energy> energy, Quantity<WaterIntensity> intensity) => new(energy.Value / JoulesPerKilowattHour * intensity.Value);

        public static Quantity<Money> operator *(Quantity<Energy> energy, Quantity<EnergyPrice> price) => new(energy.Value / JoulesPerKilowattHour * price.Value);

        /// <summary>Mean power over a time.</summary>
        public static Quantity<Power> operator /(Quantity<Energy> energy, Quantity<Time> time) => new(energy.Value / time.Value);
    }

    extension(Quantity<Data>)
    {
        public static Quantity<Time> operator /(Quantity<Data> data, Quantity<Bandwidth> bandwidth) => new(data.Value / bandwidth.Value);

        public static Quantity<Energy> operator *(Quantity<Data> data, Quantity<DataEnergy> energy) => new(data.Value / BitsPerGigabyte * energy.Value * JoulesPerKilowattHour);

        public static Quantity<Money> operator *(Quantity<Data> data, Quantity<DataPrice> price) => new(data.Value / BitsPerGigabyte * price.Value);
    }

    extension(Quantity<Bandwidth>)
    {
        /// <summary>Of carrying data at this rate.</summary>
        public static Quantity<Power> operator *(Quantity<Bandwidth> bandwidth, Quantity<DataEnergy> energy) => new(bandwidth.Value / BitsPerGigabyte * energy.Value * JoulesPerKilowattHour);
    }

    extension(Quantity<Computation>)
    {
        public static Quantity<Time> operator /(Quantity<Computation> work, Quantity<ComputeRate> rate) => new(work.Value / rate.Value);
    }

    extension(Quantity<Time>)
    {
        public static Quantity<Money> operator *(Quantity<Time> time, Quantity<HourlyPrice> price) => new(time.Value / SecondsPerHour * price.Value);
    }

    extension(Quantity<Distance>)
    {
        public static Quantity<Money> operator *(Quantity<Distance> distance, Quantity<DistancePrice> price) => new(distance.Value * price.Value);
    }
}
