using System.Text.Json.Serialization;

namespace Atoll.Learning.Optimizers;

/// <summary>Turns a gradient into the next weights.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamw")]
public interface IOptimizer
{
    /// <summary>The step size before the schedule's factor.</summary>
    float LearningRate { get; }

    ISchedule Schedule { get; }

    /// <summary>What is remembered between steps, for a model of <paramref name="dimension"/> parameters.</summary>
    OptimizerState Init(int dimension);

    /// <summary>One step. <paramref name="gradient"/> may be overwritten.</summary>
    /// <param name="learningRate"><see cref="LearningRate"/> times the schedule's factor.</param>
    void Step(OptimizerState state, float learningRate, Span<float> gradient, Span<float> weights);
}
