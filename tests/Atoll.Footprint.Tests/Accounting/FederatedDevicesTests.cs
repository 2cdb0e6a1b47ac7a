using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Accounting;

public sealed class FederatedDevicesTests
{
    /// <summary>By hand after Wu et al. (2022), appendix B: 3 W × 600 s + 7.5 W × (8 + 40) s = 1,800 + 360 J.</summary>
    [Fact]
    public void A_phone_takes_three_watts_to_train_and_its_router_seven_and_a_half_to_transfer() =>
        FederatedDevices.Energy(600 * Time.Second, 8 * Time.Second, 40 * Time.Second).In(Energy.Joule).ShouldBe(2160, 1e-9);

    /// <summary>By hand after Yousefpour et al. (2023): 45 W × 1.09 × 48 h = 2,354.4 Wh.</summary>
    [Fact]
    public void The_aggregating_server_stands_in_a_data_centre() =>
        FederatedDevices.ServerEnergy(48 * Time.Hour).In(Energy.WattHour).ShouldBe(2354.4, 1e-6);

    /// <summary>Yousefpour et al. (2023), arXiv 2303.14604: 60 % of the footprint is communication, compressed fourfold.</summary>
    [Fact]
    public void Green_federated_learning_s_compression_gives_1_82_times_less() => Compression.Reduction(0.6, 4).ShouldBe(1.82, 0.005);

    [Theory]
    [InlineData(0, 100, 1)]
    [InlineData(1, 100, 100)]
    [InlineData(0.6, 1, 1)]
    public void Compression_saves_at_most_what_communication_was(double share, double ratio, double reduction) =>
        Compression.Reduction(share, ratio).ShouldBe(reduction, 1e-12);

    /// <summary>By hand: (100 + 10 + 20 + 3 × 5 + 6 × 2 + 3) nJ/bit = 160 nJ/bit; at 50 Mbit/s 8 W, and 1 GB takes 1,280 J.</summary>
    [Fact]
    public void A_route_draws_the_sum_of_its_equipment_for_each_bit()
    {
        NetworkRoute route = new()
        {
            Access = Nano(100), Switch = Nano(10), Gateway = Nano(20), EdgeRouter = Nano(5), EdgeRouters = 3, CoreRouter = Nano(2), CoreRouters = 6, DataCentreSwitch = Nano(3),
        };
        route.PowerAt(50 * Bandwidth.MegabitPerSecond).In(Power.Watt).ShouldBe(8, 1e-9);
        (1 * Data.Gigabyte * route.PerData).In(Energy.Joule).ShouldBe(1280, 1e-6);
    }

    [Fact]
    public void Power_over_the_time_of_a_transfer_is_the_energy_of_its_data()
    {
        NetworkRoute route = new() { Access = Nano(73), CoreRouter = Nano(9), CoreRouters = 4 };
        Quantity<Data> data = 3 * Data.Gigabyte;
        Quantity<Bandwidth> rate = 12.5 * Bandwidth.MegabitPerSecond;
        (route.PowerAt(rate) * (data / rate)).Value.ShouldBe(NetworkEnergy.Of(data, route.PerData).Value, 1e-6);
    }

    private static Quantity<DataEnergy> Nano(double joulesPerBit) => joulesPerBit * 1e-9 * DataEnergy.JoulePerBit;
}
