using System.Text.Json.Nodes;
using Atoll.Experiments.Binding;
using Atoll.Experiments.Writing;

namespace Atoll.Experiments.Schema;

/// <summary>Types to schemas: each record and each choice of kinds once, under <c>$defs</c>.</summary>
internal sealed class RecordSchema
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    public JsonObject Definitions => new(_definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));

    /// <param name="complete">
    /// Whether nothing can be inherited here (items of a list), so that required fields must be there. Elsewhere a mapping may be
    /// completed by the top level or by an arm, which a schema cannot follow: the reader can.
    /// </param>
    public JsonObject Of(Type type, bool complete) => FieldType.ItemOf(type) is { } item ? List(item)
        : type == typeof(WrittenAmount) ? new() { ["type"] = new JsonArray("number", "string") }
        : QuantityField.Is(type) ? Amount(type)
        : FieldType.IsScalar(type) ? Scalar(type)
        : FieldType.NamedOf(type) is { } named ? Named(named, complete)
        : Kinds.Of(type) is { } kinds ? Defined(type, complete, () => Choice(type, kinds, complete))
        : Mapping(RecordType.Of(type), complete);

    /// <summary>A field with its documentation, range and default.</summary>
    public JsonObject Field(RecordType record, Field field, bool complete)
    {
        JsonObject schema = Of(field.Type, complete);
        Bounds.AddTo(schema, record, field);
        if (field.IsNullable)
        {
            JsonArray either = [schema, new JsonObject { ["type"] = "null" }];
            if (Kinds.Of(field.Type) is not null)
            {
                either.Add(new JsonObject { ["const"] = Binder.Nothing });
            }
            schema = new() { ["anyOf"] = either };
        }
        if (XmlDocs.Of(field.Property) is { } text)
        {
            schema["description"] = text + (schema["description"] is { } values ? " " + values : "");
        }
        if (!field.IsRequired && field.Get(record.Create()) is { } value)
        {
            schema["default"] = ValueTree.Of(value, field.Type);
        }
        return schema;
    }

    public JsonObject Fields(RecordType record, bool complete) =>
        new(record.Fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)Field(record, f, complete))));

    /// <summary>One schema for each kind, told apart by a constant.</summary>
    public JsonArray Kinded(Kinds kinds, bool complete) => [.. kinds.All.Select(k => Defined(k.Value.Type, complete, () =>
    {
        JsonObject fields = Fields(k.Value, complete);
        fields.Insert(0, Kinds.Discriminator, new JsonObject { ["const"] = k.Key });
        string[] required = [Kinds.Discriminator, .. k.Value.Fields.Where(f => complete && f.IsRequired).Select(f => f.Name)];
        return Closed(k.Value.Type, fields, required);
    }))];

    private JsonObject List(Type item) => new() { ["type"] = "array", ["items"] = Of(item, complete: true) };

    private static JsonObject Amount(Type type) => QuantityField.Of(type).IsPlainNumber
        ? new() { ["type"] = new JsonArray("number", "string") }
        : new() { ["type"] = "string" };

    private JsonObject Named(Type item, bool complete) => new() { ["type"] = "object", ["additionalProperties"] = Of(item, complete) };

    private static JsonObject Scalar(Type type)
    {
        if (!type.IsEnum)
        {
            return new()
            {
                ["type"] = type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : FieldType.IsInteger(type) ? "integer" : "number",
            };
        }
        JsonObject schema = new() { ["enum"] = new JsonArray([.. Names.OfValues(type).Keys.Select(n => (JsonNode)n)]) };
        string[] values = [.. Names.OfValues(type).Select(v => (v.Key, Text: XmlDocs.Of(type.GetField(v.Value.ToString()!)!)))
            .Where(v => v.Text is not null).Select(v => $"{v.Key}: {v.Text}")];
        if (values.Length > 0)
        {
            schema["description"] = string.Join(" ", values);
        }
        return schema;
    }

    private JsonObject Choice(Type type, Kinds kinds, bool complete)
    {
        JsonArray variants = Kinded(kinds, complete);
        if (!complete)
        {
            variants.Add(Unchosen(kinds));
        }
        return Described(type, new() { ["oneOf"] = variants });
    }

    /// <summary>Fields laid over those of an inherited kind.</summary>
    private JsonObject Unchosen(Kinds kinds)
    {
        JsonObject fields = [];
        foreach (string name in kinds.FieldNames)
        {
            JsonObject[] schemas = [.. kinds.All.Values.Where(r => r.Find(name) is not null).Select(r => Field(r, r.Find(name)!, complete: false))
                .DistinctBy(s => s.ToJsonString())];
            fields[name] = schemas is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) };
        }
        JsonObject schema = Closed(null, fields, []);
        schema["description"] = "Fields over those of an inherited kind.";
        return schema;
    }

    private JsonObject Mapping(RecordType record, bool complete) => Defined(record.Type, complete, () =>
    {
        string[] required = [.. record.Fields.Where(f => complete && f.IsRequired).Select(f => f.Name)];
        JsonObject mapping = Closed(record.Type, Fields(record, complete), required);
        if (record.ShortForm is not [var first, ..])
        {
            return mapping;
        }
        JsonObject single = Of(first.Type, complete);
        Bounds.AddTo(single, record, first);
        return new() { ["oneOf"] = new JsonArray(single, mapping) };
    });

    /// <summary>A mapping with these fields and no others.</summary>
    private static JsonObject Closed(Type? type, JsonObject fields, string[] required)
    {
        JsonObject schema = new() { ["type"] = "object" };
        if (type is not null)
        {
            Described(type, schema);
        }
        JsonNode[] exclusions = [.. Alternatives.All.Where(a => fields.ContainsKey(a.First) && fields.ContainsKey(a.Second))
            .Concat(type is null ? [] : RecordType.Of(type).Exclusions).Select(a => Given(a.First, a.Second))];
        schema["properties"] = fields;
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }
        if (exclusions.Length > 0)
        {
            schema["not"] = new JsonObject { ["anyOf"] = new JsonArray(exclusions) };
        }
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>Both fields there, and neither taken away by null.</summary>
    private static JsonObject Given(string first, string second)
    {
        static JsonNode NotNull() => new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } };
        return new() { ["required"] = new JsonArray(first, second), ["properties"] = new JsonObject { [first] = NotNull(), [second] = NotNull() } };
    }

    private static JsonObject Described(Type type, JsonObject schema)
    {
        if (XmlDocs.Of(type) is { } text)
        {
            schema["description"] = text;
        }
        return schema;
    }

    private JsonObject Defined(Type type, bool complete, Func<JsonObject> schema)
    {
        string name = complete ? type.Name + "Complete" : type.Name;
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = []; // so that a type that contains itself ends
            _definitions[name] = schema();
        }
        return new() { ["$ref"] = $"#/$defs/{name}" };
    }
}
