using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Schema;

/// <summary>The range of a number, learned from what its property answers to the smallest and the largest value there is.</summary>
internal static partial class Bounds
{
    public static void AddTo(JsonObject schema, RecordType record, Field field)
    {
        if (field.Type == typeof(uint) || field.Type == typeof(ulong))
        {
            schema["minimum"] = 0;
        }
        if (!FieldType.IsNumber(field.Type))
        {
            return;
        }
        foreach (string extreme in new[] { "MinValue", "MaxValue" })
        {
            object value = field.Type.GetField(extreme)!.GetValue(null)!;
            foreach (Match bound in Bound().Matches(field.TrySet(record.Create(), value) ?? ""))
            {
                string keyword = bound.Groups["rule"].Value switch
                {
                    "at least" or "from" => "minimum",
                    "more than" => "exclusiveMinimum",
                    "below" => "exclusiveMaximum",
                    _ => "maximum",
                };
                schema[keyword] = JsonNode.Parse(bound.Groups["number"].Value);
            }
        }
    }

    /// <summary>The words in which <see cref="Require"/> states a rule; what follows "(was" is the value and no bound.</summary>
    [GeneratedRegex(@"(?<!\(was.*)\b(?<rule>at least|at most|more than|below|from|to) (?<number>-?[0-9]+(\.[0-9]+)?(E[-+]?[0-9]+)?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Bound();
}
