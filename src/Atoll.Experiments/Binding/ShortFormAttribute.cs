namespace Atoll.Experiments.Binding;

/// <summary>Lets a single value stand for a record: it sets all of the named properties, and is written where they are equal.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShortFormAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties { get; } = properties;
}
