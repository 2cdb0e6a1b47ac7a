using System.Collections;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Binding;

/// <summary>A tree to records. Everything that is wrong is added to the list, and binding goes on with the next field.</summary>
/// <param name="partial">Whether the tree may be completed elsewhere, so that nothing is called missing.</param>
internal sealed class Binder(ProblemList problems, bool partial = false)
{
    /// <summary>What an optional record may be instead of a mapping, to take away an inherited one.</summary>
    public const string Nothing = "none";

    /// <returns>The value, or null when something in it was wrong.</returns>
    public object? Bind(Node node, Type type)
    {
        int before = problems.Count;
        object? value = Value(node, type);
        return problems.Count == before ? value : null;
    }

    /// <summary>A mapping to a record of a known type.</summary>
    /// <param name="checkMissing">Whether this mapping's own required fields must be there.</param>
    /// <param name="kind">The record's kind and what else it might have been, where a <c>kind</c> chose it.</param>
    public object? Record(MappingNode mapping, RecordType type, (Kinds Kinds, string Kind)? kind = null, bool checkMissing = true)
    {
        int before = problems.Count;
        object record = type.Create();
        foreach (Entry entry in mapping.Entries)
        {
            if (type.Find(entry.Name) is { } field)
            {
                Set(record, field, entry);
            }
            else if (kind is null || entry.Name != Kinds.Discriminator)
            {
                Unknown(entry, type, kind);
            }
        }
        if (checkMissing && !partial)
        {
            Missing(mapping, type);
        }
        Exclude(mapping, type);
        return problems.Count == before ? record : null;
    }

    private object? Value(Node node, Type type) => node switch
    {
        _ when FieldType.ItemOf(type) is { } item => List(node, type, item),
        _ when FieldType.IsScalar(type) => Scalar(node, type),
        _ when FieldType.NamedOf(type) is { } item => Named(node, type, item),
        _ when Kinds.Of(type) is { } kinds => Chosen(node, type, kinds),
        MappingNode mapping => Record(mapping, RecordType.Of(type)),
        ScalarNode { IsNull: false } scalar when RecordType.Of(type).ShortForm is { Count: > 0 } => ShortForm(scalar, type),
        _ => Wrong(node, type),
    };

    private void Set(object record, Field field, Entry entry)
    {
        Node node = entry.Value;
        bool none = node is ScalarNode { Text: Nothing, IsPlain: true } && Kinds.Of(field.Type) is not null;
        if (node is ScalarNode { IsEmpty: true })
        {
            problems.Add(node.Place, $"{node.Place.Subject} has no value: must be {FieldType.Describe(field.Type)}"
                + (field.IsNullable ? ", or null to take away an inherited one" : ""));
            return;
        }
        if (field.IsNullable && (node.IsNull || none))
        {
            return;
        }
        if (Bind(node, field.Type) is { } value && field.TrySet(record, value) is { } rule)
        {
            problems.Add(node.Place, $"{node.Place.Subject} {rule}");
        }
    }

    private object? Scalar(Node node, Type type)
    {
        if (node is not ScalarNode scalar)
        {
            return Wrong(node, type);
        }
        if (Scalars.Parse(scalar, type, out string problem) is { } value)
        {
            return value;
        }
        problems.Add(node.Place, $"{node.Place.Subject} {problem}");
        return null;
    }

    private Array? List(Node node, Type type, Type item)
    {
        if (node is not SequenceNode sequence)
        {
            Wrong(node, type);
            return null;
        }
        // What stands in a list is never merged with an inherited list, so it is complete here.
        Binder complete = new(problems);
        object?[] values = [.. sequence.Items.Select(i => complete.Bind(i, item))];
        if (item == typeof(string) || item.IsEnum)
        {
            Repetitions(sequence, values);
        }
        if (values.Contains(null))
        {
            return null;
        }
        Array list = Array.CreateInstance(item, values.Length);
        Array.Copy(values, list, values.Length);
        return list;
    }

    /// <summary>A mapping from the user's own names, in the file's order.</summary>
    private object? Named(Node node, Type type, Type item)
    {
        if (node is not MappingNode mapping)
        {
            return Wrong(node, type);
        }
        IDictionary values = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), item))!;
        foreach (Entry entry in mapping.Entries)
        {
            if (Bind(entry.Value, item) is { } value)
            {
                values[entry.Name] = value;
            }
        }
        return values;
    }

    private void Repetitions(SequenceNode sequence, object?[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] is not null && Array.IndexOf(values, values[i]) is int first && first < i)
            {
                Place place = sequence.Items[i].Place;
                problems.Add(place, $"{place.Subject} must not repeat an item (was {sequence.Items[i].Shown}, as in line {sequence.Items[first].Place.Line})");
            }
        }
    }

    private object? Chosen(Node node, Type type, Kinds kinds)
    {
        if (node is not MappingNode mapping)
        {
            string hint = node is ScalarNode scalar && kinds.All.ContainsKey(scalar.Text) ? $". Write {{ kind: {scalar.Text} }}" : "";
            problems.Add(node.Place, $"{node.Place.Subject} must be {FieldType.Describe(type)} (was {node.Shown}){hint}");
            return null;
        }
        if (mapping.Find(Kinds.Discriminator) is not { } entry)
        {
            return Unchosen(mapping, kinds);
        }
        if (entry.Value is ScalarNode kind && kinds.All.TryGetValue(kind.Text, out RecordType? record))
        {
            return Record(mapping, record, (kinds, kind.Text));
        }
        string near = entry.Value is ScalarNode { Text: var text } ? Nearest.Hint(text, kinds.All.Keys) : "";
        problems.Add(entry.Value.Place, $"{entry.Value.Place.Subject} must be {Names.Or(kinds.All.Keys)} (was {entry.Value.Shown}){near}");
        Kindless(mapping, kinds);
        return null;
    }

    /// <summary>Fields of a kind that nothing says: a name that no kind has is wrong, and so is a value that every kind with the name refuses.</summary>
    public void Kindless(MappingNode mapping, Kinds kinds)
    {
        UnknownToAll(mapping, kinds);
        foreach (Entry entry in mapping.Entries)
        {
            ProblemList[] found = [.. kinds.KindsWith(entry.Name).Select(kind => Judged(entry, kinds.All[kind]))];
            if (found.Length > 0 && found.All(f => f.Count > 0))
            {
                problems.AddAll(found[0]);
            }
        }
    }

    private ProblemList Judged(Entry entry, RecordType type)
    {
        ProblemList found = problems.Another();
        new Binder(found, partial).Set(type.Create(), type.Find(entry.Name)!, entry);
        return found;
    }

    /// <summary>Fields of a kind that is given elsewhere: only their names can be judged until then.</summary>
    private object? Unchosen(MappingNode mapping, Kinds kinds)
    {
        if (!partial)
        {
            problems.Add(mapping.Place, $"{mapping.Place.Field(Kinds.Discriminator).Path} is missing: must be {Names.Or(kinds.All.Keys)}");
            Kindless(mapping, kinds);
            return null;
        }
        UnknownToAll(mapping, kinds);
        return null;
    }

    private void UnknownToAll(MappingNode mapping, Kinds kinds)
    {
        foreach (Entry entry in mapping.Entries.Where(e => e.Name != Kinds.Discriminator && !kinds.KindsWith(e.Name).Any()))
        {
            problems.Add(entry.Key, $"{entry.Key.Subject} is not a field of any kind{Nearest.Hint(entry.Name, kinds.FieldNames.Append(Kinds.Discriminator))}");
        }
    }

    private object? ShortForm(ScalarNode scalar, Type type)
    {
        RecordType record = RecordType.Of(type);
        if (Scalars.Parse(scalar, record.ShortForm[0].Type, out string problem) is not { } value)
        {
            problems.Add(scalar.Place, $"{scalar.Place.Subject} {(QuantityField.Is(record.ShortForm[0].Type) ? problem : $"must be {FieldType.Describe(type)} (was {scalar.Shown})")}");
            return null;
        }
        object whole = record.Create();
        foreach (Field field in record.ShortForm)
        {
            if (field.TrySet(whole, value) is { } rule)
            {
                problems.Add(scalar.Place, $"{scalar.Place.Subject} {rule}");
                return null;
            }
        }
        return whole;
    }

    private object? Wrong(Node node, Type type)
    {
        problems.Add(node.Place, $"{node.Place.Subject} must be {FieldType.Describe(type)} (was {node.Shown})");
        return null;
    }

    private void Unknown(Entry entry, RecordType type, (Kinds Kinds, string Kind)? chosen)
    {
        string[] valid = [.. type.Fields.Select(f => f.Name)];
        string whose = chosen is { } c ? $"a field of kind {c.Kind}" : "a field here";
        string reason = chosen is { } k && k.Kinds.KindsWith(entry.Name).ToArray() is { Length: > 0 } others
            ? $" (it is one of kind {Names.Or(others)})"
            : Nearest.Hint(entry.Name, valid) is { Length: > 0 } near ? near
            : valid.Length == 0 ? "; it has none" : $": must be {Names.Or(valid)}";
        problems.Add(entry.Key, $"{entry.Key.Subject} is not {whose}{reason}");
    }

    private void Missing(MappingNode mapping, RecordType type)
    {
        foreach (Field field in type.Fields.Where(f => f.IsRequired && mapping.Find(f.Name) is null))
        {
            problems.Add(mapping.Place, $"{mapping.Place.Field(field.Name).Path} is missing: must be {FieldType.Describe(field.Type)}");
        }
    }

    private void Exclude(MappingNode mapping, RecordType type)
    {
        foreach (Alternatives pair in Alternatives.In(type))
        {
            Node? first = mapping.Given(pair.First), second = mapping.Given(pair.Second);
            if (first is not null && second is not null)
            {
                problems.Add(second.Place, $"{second.Place.Subject} (line {second.Place.Line}) and {first.Place.Subject} (line {first.Place.Line}) "
                    + "exclude each other: give one of them");
            }
            else if (pair.Required && !partial && first is null && second is null)
            {
                problems.Add(mapping.Place, $"{mapping.Place.Subject} must give {pair.First} or {pair.Second} (was neither)");
            }
        }
    }
}
