using Atoll.Experiments.Binding;
using Atoll.Experiments.Reading;
using Atoll.Experiments.Writing;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments;

/// <summary>Reads any record strictly from YAML.</summary>
public static class StrictFile
{
    /// <exception cref="ExperimentFileException">The file cannot be read, or something in it is wrong: it lists everything that could be found.</exception>
    public static StrictFile<T> Read<T>(string file) where T : class => Parse<T>(FileText.Read(file), file);

    /// <param name="text">YAML with a mapping of the record's fields.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the text.</exception>
    public static StrictFile<T> Parse<T>(string text, string file) where T : class
    {
        ProblemList problems = new(file);
        FileText.RefuseTabs(text, problems);
        MappingNode root = YamlReader.Read(text, problems);
        object? value = new Binder(problems).Record(root, RecordType.Of(typeof(T)));
        problems.ThrowIfAny();
        return new(root, (T)value!, problems);
    }

    /// <summary>A record as YAML, every default spelled out. It reads back to an equal one.</summary>
    public static string Write<T>(T record) where T : class => YamlWriter.Write(ValueTree.OfFile(record));
}

/// <summary>A record that was read from YAML, with the lines of its fields for whoever checks further.</summary>
public sealed class StrictFile<T> where T : class
{
    private readonly ProblemList _problems;
    private readonly Dictionary<string, Place> _places = [];

    internal StrictFile(MappingNode root, T value, ProblemList problems)
    {
        (Value, _problems) = (value, problems);
        Find(root);
    }

    public T Value { get; }

    /// <summary>Notes that a field is wrong; <see cref="ThrowIfAny"/> says so, with its line.</summary>
    /// <param name="path">The field as written: <c>sites.lulea.pue</c>, <c>links[0].between[1]</c>. Where it is not in the file, the line is that of what it would be in.</param>
    /// <param name="message">A sentence without its end and without the field in front: <c>must be at least 1 (was 0.9)</c>.</param>
    public void Refuse(string path, string message) => _problems.Add(PlaceOf(path), $"{(path.Length == 0 ? "The file" : path)} {message}");

    /// <summary>The field's line, or that of what it would be in; from 1.</summary>
    public int LineOf(string path) => PlaceOf(path).Line;

    /// <summary>Whether the field is written in the file.</summary>
    public bool Has(string path) => _places.ContainsKey(path);

    /// <exception cref="ExperimentFileException">Something was refused.</exception>
    public void ThrowIfAny() => _problems.ThrowIfAny();

    private Place PlaceOf(string path)
    {
        for (string at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (_places.TryGetValue(at, out Place place))
            {
                return place;
            }
        }
        return Place.Start;
    }

    private void Find(Node node)
    {
        _places.TryAdd(node.Place.Path, node.Place);
        foreach (Node inner in node switch { MappingNode m => m.Entries.Select(e => e.Value), SequenceNode s => s.Items, _ => [] })
        {
            Find(inner);
        }
    }
}
