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
