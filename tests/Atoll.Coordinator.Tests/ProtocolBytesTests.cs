using Atoll.Experiments.Protocol;
using Atoll.Federation.LocalObjectives;

namespace Atoll.Coordinator.Tests;

public sealed class ProtocolBytesTests
{
    [Fact]
    public void A_body_is_a_length_a_padded_header_and_four_bytes_a_parameter()
    {
        // {"weights":{"dtype":"F32","shape":[10],"data_offsets":[0,40]}} is 62 characters, 64 with padding
        ProtocolBytes.Down(10, new Plain()).ShouldBe(8 + 64 + 40);

        // {"update":{"dtype":"F32","shape":[10],"data_offsets":[0,40]}} is 61 characters
        ProtocolBytes.Up(10, new FedProx { Mu = 1 }).ShouldBe(8 + 64 + 40);
    }

    [Fact]
    public void An_exchanged_control_travels_both_ways_and_FedDyns_does_not_travel()
    {
        // {"weights":{"dtype":"F32","shape":[10],"data_offsets":[0,40]},"control":{"dtype":"F32","shape":[10],"data_offsets":[40,80]}} is 124, 128 with padding
        ProtocolBytes.Down(10, new Scaffold()).ShouldBe(8 + 128 + 80);
        ProtocolBytes.Up(10, new Scaffold()).ShouldBe(8 + 128 + 80);
        ProtocolBytes.Down(10, new FedDyn()).ShouldBe(ProtocolBytes.Down(10, new Plain()));
    }
}
