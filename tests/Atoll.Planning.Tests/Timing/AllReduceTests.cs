using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Timing;

public sealed class AllReduceTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)] // the whole model over one link
    [InlineData(4, 0.75)]
    public void A_direction_carries_its_share_of_the_model(int sites, double share) => AllReduce.Share(sites).ShouldBe(share);

    [Fact]
    public void A_server_is_reached_up_and_down() => AllReduce.ParameterServer(1e9, up: 1e8, 2e9, down: 1e9, roundTrip: 0.1).ShouldBe(12.1, 1e-12);
}
