using System.Text.Json.Serialization;

namespace Atoll.Federation.ServerOptimizers;

/// <summary>Turns the round's averaged update (the pseudo-gradient) into the next global weights.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ServerSgd), "sgd")]
[JsonDerivedType(typeof(FedAvgM), "fed-avg-m")]
[JsonDerivedType(typeof(FedAdagrad), "fed-adagrad")]
[JsonDerivedType(typeof(FedAdam), "fed-adam")]
[JsonDerivedType(typeof(FedYogi), "fed-yogi")]
public interface IServerOptimizer
{
    ServerOptimizerState Init(int dimension);

    void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights);
}

/// <summary>Everything a server optimizer remembers between rounds. Vectors it does not use are empty.</summary>
public sealed class ServerOptimizerState(float[] momentum, float[] secondMoment)
{
    public float[] Momentum { get; } = momentum;

    public float[] SecondMoment { get; } = secondMoment;
}
