using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Accounting;

/// <summary>Patterson et al. (2021), arXiv 2104.10350, and Touvron et al. (2023), arXiv 2307.09288.</summary>
public sealed class PublishedTrainingTests
{
    [Theory]
    [InlineData(10_000, 14.8, 330, 1.10, 0.429, 1287, 552.1)] // GPT-3
    [InlineData(1024, 30, 289, 1.09, 0.415, 232, 96.4)] // Meena
    [InlineData(1024, 27, 245, 1.10, 0.330, 179, 59.1)] // Switch
    public void Patterson_s_trainings_come_out_within_one_percent(
        double accelerators, double days, double watts, double pue, double kilogramsPerKilowattHour, double megawattHours, double tonnes)
    {
        Quantity<Energy> energy = Facility.Total(TrainingWork.Energy(accelerators, watts * Power.Watt, days * Time.Day), pue);
        Quantity<Carbon> carbon = OperationalCarbon.LocationBased(energy, kilogramsPerKilowattHour * CarbonIntensity.KilogramPerKilowattHour);
        energy.In(Energy.MegawattHour).ShouldBe(megawattHours, megawattHours * 0.01);
        carbon.In(Carbon.Tonne).ShouldBe(tonnes, tonnes * 0.01);
    }

    [Fact]
    public void Gpt_3_s_days_follow_from_its_operations_and_the_rate_measured() =>
        TrainingWork.Duration(3.14e23 * Computation.Flop, 10_000, 24.6 * ComputeRate.TeraflopPerSecond).In(Time.Day).ShouldBe(14.8, 0.148);

    [Fact]
    public void Llama_2_with_7_billion_parameters_emitted_31_22_tonnes()
    {
        Quantity<Energy> energy = TrainingWork.Energy(1, 400 * Power.Watt, 184_320 * Time.Hour);
        OperationalCarbon.LocationBased(energy, 423.4 * CarbonIntensity.GramPerKilowattHour).In(Carbon.Tonne).ShouldBe(31.22, 0.005);
    }

    [Theory]
    [InlineData(103, 95.7)] // one continent
    [InlineData(382, 85.6)] // two
    [InlineData(469, 83.0)] // three
    public void Intellect_1_s_utilization_comes_out_within_a_tenth_of_a_point(double allReduceSeconds, double percent) =>
        (100 * OuterStep.Utilization(2280 * Time.Second, allReduceSeconds * Time.Second)).ShouldBe(percent, 0.1);
}
