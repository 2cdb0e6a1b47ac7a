namespace Atoll.Experiments.Binding;

/// <summary>An amount as it was written, <c>10 Gbit/s</c> or <c>1.05</c>, of a dimension that only another field tells.</summary>
public readonly record struct WrittenAmount(string Text)
{
    public override string ToString() => Text;
}
