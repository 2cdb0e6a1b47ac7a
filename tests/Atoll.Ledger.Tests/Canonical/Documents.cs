using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Ledger.Tests.Canonical;

/// <summary>JSON documents of every kind: nested, with odd names and numbers.</summary>
internal static class Documents
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "a", "b", "Z", "é", "ö", "\u0080", "€", "😀", "דּ", "\uffff", "\r", "\n", "\u000f", "\"", "\\", "/", "index", "a.b"),
        from parts in Gen.ArrayOf(Gen.Elements("x", "0", "ß", "😀", "\ue000", "\t", "\"")) select string.Concat(parts));

    private static readonly Gen<double> Numbers = Gen.OneOf(
        from i in Gen.Choose(-1_000_000, 1_000_000) select (double)i,
        from i in Gen.Choose(int.MinValue, int.MaxValue) from e in Gen.Choose(-300, 290) select i * Math.Pow(10, e),
        from high in Gen.Choose(int.MinValue, int.MaxValue) from low in Gen.Choose(int.MinValue, int.MaxValue)
            select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low) is var d && double.IsFinite(d) ? d : 0.1);

    public static Gen<JsonNode> Any { get; } = Of(depth: 3);

    private static Gen<JsonNode> Of(int depth)
    {
        Gen<JsonNode> leaf = Gen.OneOf(
            from text in Text select (JsonNode)JsonValue.Create(text),
            from number in Numbers select (JsonNode)JsonValue.Create(number),
            from yes in Gen.Elements(true, false) select (JsonNode)JsonValue.Create(yes));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            from items in Gen.ArrayOf(Of(depth - 1)) select (JsonNode)new JsonArray([.. items.Take(4)]),
            from names in Gen.ArrayOf(Text) from values in Gen.ArrayOf(Of(depth - 1))
                select (JsonNode)new JsonObject(names.Distinct().Zip(values.Take(6), (name, value) => KeyValuePair.Create(name, (JsonNode?)value))));
    }
}
