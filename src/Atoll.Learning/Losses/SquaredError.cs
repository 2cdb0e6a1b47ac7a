namespace Atoll.Learning.Losses;

/// <summary><c>(y − t)²</c>; gradient <c>2(y − t)</c>.</summary>
public sealed class SquaredError : Loss
{
    public override int Outputs => 1;

    public override long Flops => 4;

    public override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double total = 0;
        float share = 2f / targets.Length;
        for (int row = 0; row < targets.Length; row++)
        {
            float error = outputs[row] - targets[row];
            total += (double)error * error;
            if (!gradient.IsEmpty)
            {
                gradient[row] = share * error;
            }
        }
        return total;
    }
}
