namespace Atoll.Learning.Models;

/// <summary>Linear regression.</summary>
public sealed record LinearRegression : IModel
{
    /// <summary>What training makes small.</summary>
    public RegressionLoss Loss { get; init; }

    public Network Build(Shape sample, int classes)
    {
        Require.That(classes == 0, $"Linear regression needs a label that is a value, but got {classes} classes.");
        return new NetworkBuilder(sample).Flat().Head(classes, Loss);
    }
}
