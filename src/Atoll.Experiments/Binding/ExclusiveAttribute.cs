namespace Atoll.Experiments.Binding;

/// <summary>Marks a record of which one property or another may be given, and not both.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ExclusiveAttribute(string first, string second) : Attribute
{
    public string First { get; } = first;

    public string Second { get; } = second;
}
