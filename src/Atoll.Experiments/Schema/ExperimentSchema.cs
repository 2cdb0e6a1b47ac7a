using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments.Binding;
using Atoll.Experiments.Reading;
using Atoll.Learning.Data.Catalog;

namespace Atoll.Experiments.Schema;

/// <summary>The experiment file's JSON Schema (draft 2020-12), made from the records that the reader binds.</summary>
/// <remarks>What editors can use to complete and check; the reader checks more (what is missing after inheritance, relations).</remarks>
public static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Create()
    {
        RecordSchema records = new();
        RecordType whole = RecordType.Of(typeof(Experiment));
        Kinds arms = ExperimentReader.ArmKinds;
        JsonObject fields = [];
        foreach (Field field in ExperimentReader.OwnFields)
        {
            fields[field.Name] = records.Field(whole, field, complete: false);
        }
        foreach (string name in arms.FieldNames)
        {
            RecordType record = arms.All.Values.First(r => r.Find(name) is not null);
            fields[name] = records.Field(record, record.Find(name)!, complete: false);
        }
        fields["name"]!["pattern"] = "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$";
        fields["arms"] = new JsonObject
        {
            ["description"] = XmlDocs.Of(whole.Find("arms")!.Property) + " Each inherits the top level and may override any of it.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z0-9][a-z0-9_-]{0,63}$" },
            ["additionalProperties"] = new JsonObject { ["oneOf"] = records.Kinded(arms, complete: false) },
        };
        JsonObject definitions = records.Definitions;
        definitions["DataSettings"]!["properties"]!["catalog"]!["anyOf"]![0]!["enum"] = new JsonArray([.. DataCatalog.Entries.Select(e => (JsonNode)e.Name)]);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Atoll experiment",
            ["description"] = "What to train, where, and which ways of doing it to compare.",
            ["type"] = "object",
            ["properties"] = fields,
            ["required"] = new JsonArray("name", "arms"),
            ["additionalProperties"] = false,
            ["$defs"] = definitions,
        };
    }

    /// <summary>The schema as it is published: indented, with a line's end at the end.</summary>
    public static string Text() => Create().ToJsonString(Readable) + "\n";
}
