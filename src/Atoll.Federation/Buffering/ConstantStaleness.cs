namespace Atoll.Federation.Buffering;

/// <summary>Every update counts in full: <c>s(τ) = 1</c>.</summary>
/// <remarks>Xie et al., 2019, section 5.2. <see href="https://arxiv.org/abs/1903.03934"/></remarks>
public sealed record ConstantStaleness : IStaleness
{
    public float Divisor(int staleness) => 1;
}
