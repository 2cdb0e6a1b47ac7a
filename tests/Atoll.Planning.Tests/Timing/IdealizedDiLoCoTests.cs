using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Timing;

/// <summary>Held against the wall-clock hours of Charles et al. 2025 for N = 10 B, D = 200 B, B = 2²¹ tokens, R = 1,024 and 300 TFLOP/s.</summary>
public sealed class IdealizedDiLoCoTests
{
    [Fact]
    public void Computing_takes_the_published_hours() => (6 * 10e9 * 200e9 / (1024 * 300e12) / 3600).ShouldBe(10.85, 10.85 * 0.005);

    [Theory]
    [InlineData(400e9, 1e-4, 21.17, 21.86)]
    [InlineData(100e9, 1e-3, 84.71, 23.98)]
    [InlineData(10e9, 1e-2, 847.15, 49.39)]
    public void Communication_takes_the_published_hours(double bandwidth, double latency, double dataParallelHours, double diLoCoHours)
    {
        IdealizedDiLoCo ideal = Published(bandwidth, latency);

        (ideal.DataParallel / 3600).ShouldBe(dataParallelHours, dataParallelHours * 0.005);
        (ideal.DiLoCo(30) / 3600).ShouldBe(diLoCoHours, diLoCoHours * 0.005);
    }

    [Fact]
    public void Overlapped_exchanges_count_only_where_they_outlast_the_computing()
    {
        IdealizedDiLoCo ideal = Published(10e9, 1e-2);

        ideal.Streaming(30, computeSeconds: 1e9).ShouldBe(ideal.Inside);
        ideal.Streaming(30, computeSeconds: 0).ShouldBe(ideal.DiLoCo(30));
    }

    private static IdealizedDiLoCo Published(double bandwidth, double latency) => new()
    {
        Steps = 200e9 / (1 << 21), Chips = 1024, Sites = 2, InnerBits = 160e9, OuterBits = 160e9,
        InnerBandwidth = 400e9, InnerLatency = 1e-4, OuterBandwidth = bandwidth, OuterLatency = latency,
    };
}
