namespace Atoll.Federation.Selection;

public sealed record UniformSelection : ISelection
{
    public double? Fraction { get; init; }
    public int? Count { get; init; }
    public int[] Select(ReadOnlySpan<int> rows, Random random) => throw new NotImplementedException();
}
