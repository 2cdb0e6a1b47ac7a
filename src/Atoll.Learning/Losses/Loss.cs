namespace Atoll.Learning.Losses;

/// <summary>What training makes small: the mean over the batch of a function of the network's output and the target.</summary>
/// <remarks>Immutable; used from many threads at once.</remarks>
public abstract class Loss
{
    /// <summary>Numbers that the network must give for one sample.</summary>
    public abstract int Outputs { get; }

    /// <summary>Floating-point operations for one sample, gradient included.</summary>
    public abstract long Flops { get; }

    /// <summary>The sum over the rows of the loss; into <paramref name="gradient"/>, unless it is empty, the gradient of the mean.</summary>
    /// <param name="outputs">rows × <see cref="Outputs"/>.</param>
    /// <param name="targets">One a row: the class's index, or the value.</param>
    public abstract double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient);

    /// <summary>What the outputs say, in place: probabilities of the classes, or nothing to change for regression.</summary>
    public virtual void Predict(Span<float> outputs) { }
}
