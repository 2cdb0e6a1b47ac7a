using System.Text.Json.Nodes;
using Atoll.Experiments.Binding;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Writing;

/// <summary>Records to a tree of names and values, by the same rules by which the reader binds them.</summary>
internal static class ValueTree
{
    /// <summary>All that is in the file; what the reader works out is not.</summary>
    public static JsonObject Of(Experiment experiment)
    {
        JsonObject tree = Fields(experiment, Reading.ExperimentReader.OwnFields);
        tree["arms"] = new JsonObject(experiment.Arms.Select(arm => KeyValuePair.Create(arm.Key, Of(arm.Value, typeof(Arm)))));
        return tree;
    }

    /// <summary>Any record that a file may consist of.</summary>
    public static JsonObject OfFile<T>(T record) where T : class => Fields(record, RecordType.Of(typeof(T)).Fields);

    /// <param name="type">The declared type, which says whether the value names its kind.</param>
    public static JsonNode? Of(object value, Type type) => value switch
    {
        Enum choice => Names.Of(choice),
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        uint number => number,
        ulong number => number,
        float number => number,
        double number => number,
        WrittenAmount amount => CoreSchema.IsNumber(amount.Text) ? JsonNode.Parse(amount.Text)! : amount.Text,
        _ when QuantityField.Is(value.GetType()) => Amount(value),
        _ when FieldType.NamedOf(type) is { } item => Named((System.Collections.IDictionary)value, item),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object>().Select(i => Of(i, FieldType.ItemOf(type)!))]),
        _ => Record(value, Kinds.Of(type)),
    };

    private static JsonNode Amount(object value)
    {
        string text = QuantityField.ExactText(value);
        return CoreSchema.IsNumber(text) ? JsonNode.Parse(text)! : text;
    }

    private static JsonObject Named(System.Collections.IDictionary values, Type item)
    {
        JsonObject tree = [];
        foreach (System.Collections.DictionaryEntry entry in values)
        {
            tree[(string)entry.Key] = Of(entry.Value!, item);
        }
        return tree;
    }

    private static JsonNode Record(object record, Kinds? kinds)
    {
        RecordType type = RecordType.Of(record.GetType());
        if (type.ShortForm is [var first, ..] && first.Get(record) is { } value && Short(type, value).Equals(record))
        {
            return Of(value, first.Type)!;
        }
        JsonObject tree = Fields(record, type.Fields);
        if (kinds is not null)
        {
            tree.Insert(0, Kinds.Discriminator, kinds.NameOf(record));
        }
        return tree;
    }

    /// <summary>The record that a single value stands for.</summary>
    private static object Short(RecordType type, object value)
    {
        object record = type.Create();
        foreach (Field field in type.ShortForm)
        {
            field.TrySet(record, value);
        }
        return record;
    }

    private static JsonObject Fields(object record, IEnumerable<Field> fields) => new(fields
        .Select(f => (f.Name, f.Type, Value: f.Get(record)))
        .Where(f => f.Value is not null)
        .Select(f => KeyValuePair.Create(f.Name, Of(f.Value!, f.Type))));
}
