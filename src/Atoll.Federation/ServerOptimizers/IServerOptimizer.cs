using System.Text.Json.Serialization;

namespace Atoll.Federation.ServerOptimizers;

/// <summary>Turns the round's averaged update (the pseudo-gradient) into the next global weights.</summary>
/// <remarks>Vectors' bits do not depend on the machine. One thread at a time may step one state.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ServerSgd), "sgd")]
[JsonDerivedType(typeof(FedAvgM), "fed-avg-m")]
[JsonDerivedType(typeof(FedAdagrad), "fed-adagrad")]
[JsonDerivedType(typeof(FedAdam), "fed-adam")]
[JsonDerivedType(typeof(FedYogi), "fed-yogi")]
public interface IServerOptimizer
{
    /// <summary>What there is to remember before the first round of a model of <paramref name="dimension"/> parameters.</summary>
    ServerOptimizerState Init(int dimension);

    /// <summary>Moves <paramref name="weights"/> by the round's averaged <paramref name="update"/> (local minus global).</summary>
    void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights);
}
