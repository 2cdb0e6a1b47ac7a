using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Timing;

public sealed class AllReduceTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 10.02)] // the whole model over one link
    [InlineData(4, 7.52)] // 3/4 of it
    public void A_rings_time_by_hand(int sites, double seconds) => AllReduce.Ring(sites, 100e9, 10e9, 0.02).ShouldBe(seconds, 1e-12);

    [Fact]
    public void A_server_is_reached_up_and_down() => AllReduce.ParameterServer(1e9, up: 1e8, down: 1e9, roundTrip: 0.1).ShouldBe(11.1, 1e-12);

    [Fact]
    public void A_tree_adds_its_depth() => AllReduce.Tree(1e9, 1e9, 0.01, depth: 3).ShouldBe(1.03, 1e-12);
}
