namespace Atoll.Learning.Losses;

/// <summary>
/// <c>½e²</c> where <c>|e| ≤ δ</c>, else <c>δ(|e| − ½δ)</c>, with <c>e = y − t</c>. Huber, 1964. <see href="https://doi.org/10.1214/aoms/1177703732"/>
/// </summary>
public sealed class Huber(float delta = 1) : Loss
{
    private readonly float _delta = Require.MoreThan(0f, delta, nameof(delta));

    public override int Outputs => 1;

    public override long Flops => 5;

    public override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double total = 0;
        float share = 1f / targets.Length;
        for (int row = 0; row < targets.Length; row++)
        {
            float error = outputs[row] - targets[row], size = MathF.Abs(error);
            total += size <= _delta ? 0.5 * error * error : (double)_delta * (size - 0.5 * _delta);
            if (!gradient.IsEmpty)
            {
                gradient[row] = share * (size <= _delta ? error : MathF.CopySign(_delta, error)); // Sign would throw for NaN
            }
        }
        return total;
    }
}
