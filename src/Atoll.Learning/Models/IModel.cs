using System.Text.Json.Serialization;

namespace Atoll.Learning.Models;

/// <summary>An architecture, before it meets data.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Logistic), "logistic")]
[JsonDerivedType(typeof(LinearRegression), "linear")]
[JsonDerivedType(typeof(Mlp), "mlp")]
[JsonDerivedType(typeof(Cnn), "cnn")]
[JsonDerivedType(typeof(McMahanCnn), "mcmahan-cnn")]
[JsonDerivedType(typeof(NiidBenchCnn), "niid-bench-cnn")]
public interface IModel
{
    /// <summary>The layers and the loss for samples of this shape.</summary>
    /// <param name="classes">0 for regression.</param>
    /// <exception cref="InvalidOperationException">The architecture does not fit the data's shape or task.</exception>
    Network Build(Shape sample, int classes);
}
