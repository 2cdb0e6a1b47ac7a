namespace Atoll.Learning.Models;

/// <summary>Logistic regression; softmax regression for more than two classes.</summary>
public sealed record Logistic : IModel
{
    public Network Build(Shape sample, int classes)
    {
        Require.That(classes >= 2, $"Logistic regression needs a label with at least 2 classes, but got {(classes == 0 ? "a value" : $"{classes}")}.");
        return new NetworkBuilder(sample).Flat().Head(classes);
    }
}

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
