using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Schema;

/// <summary>The JSON Schema (draft 2020-12) of any record that <see cref="StrictFile"/> reads.</summary>
/// <remarks>What editors can use to complete and check; whoever reads the file checks more (what figures mean together).</remarks>
public static class FileSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as it is published: indented, with a line's end at the end.</summary>
    public static string Text<T>(string title, string description) where T : class => Create<T>(title, description).ToJsonString(Readable) + "\n";

    public static JsonObject Create<T>(string title, string description) where T : class
    {
        RecordSchema records = new();
        RecordType whole = RecordType.Of(typeof(T));
        JsonObject fields = records.Fields(whole, complete: true);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = fields,
            ["required"] = new JsonArray([.. whole.Fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name)]),
            ["additionalProperties"] = false,
            ["$defs"] = records.Definitions,
        };
    }
}
