namespace Atoll.Experiments.Binding;

/// <summary>What a type looks like in the file.</summary>
internal static class FieldType
{
    /// <summary>The type of a list's items, or null where the type is no list.</summary>
    public static Type? ItemOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => type.GetGenericArguments()[0],
        _ => null,
    };

    /// <summary>The type of the values of a mapping from the user's own names, or null where the type is none.</summary>
    public static Type? NamedOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    public static bool IsNumber(Type type) => IsInteger(type) || type == typeof(float) || type == typeof(double);

    public static bool IsInteger(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(uint) || type == typeof(ulong);

    /// <summary>A value rather than a mapping or list.</summary>
    public static bool IsScalar(Type type) => IsNumber(type) || type == typeof(string) || type == typeof(bool) || type.IsEnum || type == typeof(WrittenAmount) || QuantityField.Is(type);

    /// <summary>The end of a sentence that begins "must be".</summary>
    public static string Describe(Type type)
    {
        if (ItemOf(type) is { } item)
        {
            return IsScalar(item) ? $"a list of {Plural(item)}" : "a list of mappings";
        }
        if (NamedOf(type) is { } named)
        {
            return $"a mapping from names to {(IsScalar(named) ? Plural(named) : "mappings")}";
        }
        if (QuantityField.Is(type))
        {
            return QuantityField.Of(type).Description;
        }
        if (Kinds.Of(type) is { } kinds)
        {
            return $"a mapping with kind {Names.Or(kinds.All.Keys)}";
        }
        if (IsScalar(type))
        {
            return type.IsEnum ? Names.Or(Names.OfValues(type).Keys)
                : type == typeof(bool) ? "true or false"
                : type == typeof(string) ? "text"
                : type == typeof(WrittenAmount) ? "an amount, with its unit where it has one"
                : IsInteger(type) ? "a whole number" : "a number";
        }
        RecordType record = RecordType.Of(type);
        string mapping = $"a mapping with {Names.Or(record.Fields.Select(f => f.Name))}";
        return record.ShortForm is [var first, ..] ? $"{Describe(first.Type)} or {mapping}" : mapping;
    }

    private static string Plural(Type item) => item.IsEnum ? Names.Or(Names.OfValues(item).Keys)
        : item == typeof(string) ? "texts"
        : QuantityField.Is(item) ? "quantities"
        : item == typeof(bool) ? "true or false"
        : IsInteger(item) ? "whole numbers" : "numbers";
}
