namespace Atoll.Experiments.Binding;

/// <summary>Marks a property that the reader works out: it is not a field of the file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotInFileAttribute : Attribute;
