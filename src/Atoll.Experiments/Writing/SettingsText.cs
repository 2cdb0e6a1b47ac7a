using System.Text.Json.Nodes;
using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Writing;

/// <summary>An arm's settings for people: <c>training.optimizer</c> → <c>sgd (learning-rate 0.001, momentum 0)</c>.</summary>
internal static class SettingsText
{
    public static IReadOnlyDictionary<string, string> Of(Arm arm)
    {
        Dictionary<string, string> settings = [];
        Add((JsonObject)ValueTree.Of(arm, typeof(Arm))!, "", settings);
        return settings;
    }

    private static void Add(JsonObject tree, string prefix, Dictionary<string, string> settings)
    {
        foreach ((string name, JsonNode? value) in tree)
        {
            if (value is JsonObject inner && !inner.ContainsKey(Kinds.Discriminator))
            {
                Add(inner, $"{prefix}{name}.", settings);
            }
            else if (value is not null && (prefix.Length > 0 || name != Kinds.Discriminator))
            {
                settings[prefix + name] = Text(value);
            }
        }
    }

    private static string Text(JsonNode value) => value switch
    {
        JsonArray list => string.Join(", ", list.Select(item => Text(item!))),
        JsonObject inner when inner.TryGetPropertyValue(Kinds.Discriminator, out JsonNode? kind) =>
            inner.Count == 1 ? $"{kind}" : $"{kind} ({Fields(inner)})",
        JsonObject inner => $"({Fields(inner)})",
        _ => value.ToString(),
    };

    private static string Fields(JsonObject fields) =>
        string.Join(", ", fields.Where(f => f.Key != Kinds.Discriminator && f.Value is not null).Select(f => $"{f.Key} {Text(f.Value!)}"));
}
