using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Binding;

/// <summary>The names that the file uses for the code's: kebab-case.</summary>
internal static class Names
{
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? Kebab(property.Name);

    public static string Of(Enum value) => OfEnum(value.GetType().GetField(value.ToString())!);

    /// <summary>The values of an enumeration by their names, in declared order.</summary>
    public static IReadOnlyDictionary<string, object> OfValues(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(OfEnum, f => f.GetValue(null)!);

    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>"a", "a or b", "a, b or c".</summary>
    public static string Or(IEnumerable<string> names) =>
        names.ToArray() is [.. var first, var last] ? first.Length == 0 ? last : $"{string.Join(", ", first)} or {last}" : "";

    private static string OfEnum(FieldInfo field) =>
        field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? Kebab(field.Name);
}
