using System.Collections.Concurrent;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Binding;

/// <summary>Quantities with units (<c>10 Gbit/s</c>) and ranges of them, of whichever dimension a property has.</summary>
internal abstract class QuantityField
{
    private static readonly ConcurrentDictionary<Type, QuantityField> Known = [];

    /// <summary>The end of a sentence that begins "must be".</summary>
    public abstract string Description { get; }

    /// <summary>Whether a plain number is one.</summary>
    public abstract bool IsPlainNumber { get; }

    /// <returns>The value, or null with what it must be and was.</returns>
    public abstract object? Parse(string text, out string problem);

    protected abstract string Write(object value);

    public static bool Is(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Quantity<>) || type.GetGenericTypeDefinition() == typeof(Estimate<>));

    public static QuantityField Of(Type type) => Known.GetOrAdd(type, t =>
        (QuantityField)Activator.CreateInstance((t.GetGenericTypeDefinition() == typeof(Quantity<>) ? typeof(Exact<>) : typeof(Ranged<>)).MakeGenericType(t.GetGenericArguments()))!);

    /// <summary>The text that reads back to the same value: every digit, in the base unit.</summary>
    public static string ExactText(object value) => Of(value.GetType()).Write(value);

    private sealed class Exact<TDimension> : QuantityField where TDimension : IDimension<TDimension>
    {
        public override string Description => QuantityText.Describe<TDimension>();

        public override bool IsPlainNumber => TDimension.Units[0].Symbol.Length == 0;

        public override object? Parse(string text, out string problem) => QuantityText.TryParse(text, out Quantity<TDimension> value, out problem) ? value : null;

        protected override string Write(object value) => QuantityText.Exact((Quantity<TDimension>)value);
    }

    private sealed class Ranged<TDimension> : QuantityField where TDimension : IDimension<TDimension>
    {
        public override string Description => QuantityText.Describe<TDimension>();

        public override bool IsPlainNumber => TDimension.Units[0].Symbol.Length == 0;

        public override object? Parse(string text, out string problem) => QuantityText.TryParse(text, out Estimate<TDimension> value, out problem) ? value : null;

        protected override string Write(object value) => QuantityText.Exact((Estimate<TDimension>)value);
    }
}
