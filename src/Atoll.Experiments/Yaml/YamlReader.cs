using System.Buffers;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atoll.Experiments.Yaml;

/// <summary>
/// Text to a tree that knows its lines. Only what a configuration needs: one document, names that are text, no tags, and no
/// anchors or aliases, so that a small file cannot expand into a large one.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Deeper than any experiment, and far from the end of the stack.</summary>
    private const int DeepestNesting = 24;

    private readonly GuardedParser _parser;
    private readonly ProblemList _problems;

    private YamlReader(string text, ProblemList problems) => (_parser, _problems) = (new(new Parser(new StringReader(text))), problems);

    /// <summary>The document's mapping.</summary>
    /// <exception cref="ExperimentFileException">The text is no such document, or something in it was refused.</exception>
    public static MappingNode Read(string text, ProblemList problems)
    {
        MappingNode? root = null;
        try
        {
            root = new YamlReader(text, problems).Document();
        }
        catch (YamlException e)
        {
            problems.Add(At(e.Start, ""), $"The file is not valid YAML: {e.Message.TrimEnd('.')}");
        }
        problems.ThrowIfAny();
        return root!;
    }

    private MappingNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(Place.Start, "The file is empty: must be a mapping with name and arms");
            return null;
        }
        _parser.Consume<DocumentStart>();
        Node root = Next(Place.Start, 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _problems.Add(At(second.Start, ""), "The file holds more than one YAML document: must be one");
        }
        if (root is MappingNode mapping)
        {
            return mapping;
        }
        _problems.Add(root.Place, $"The file must be a mapping with name and arms (was {root.Shown})");
        return null;
    }

    /// <param name="at">Its path; the mark is the node's own.</param>
    private Node Next(Place at, int depth)
    {
        ParsingEvent head = _parser.Consume<ParsingEvent>();
        Place place = At(head.Start, at.Path);
        if (depth > DeepestNesting)
        {
            throw new SemanticErrorException(head.Start, head.End, $"nested more than {DeepestNesting} deep");
        }
        Refuse(head, place);
        return head switch
        {
            Scalar scalar => Text(scalar, place),
            SequenceStart => Sequence(place, depth),
            MappingStart => Mapping(place, depth),
            _ => new ScalarNode(place, "null", isPlain: true), // an alias: refused above
        };
    }

    private void Refuse(ParsingEvent head, Place place)
    {
        if (head is AnchorAlias || head is NodeEvent { Anchor.IsEmpty: false })
        {
            _problems.Add(place, $"{place.Subject} must not use anchors or aliases: what arms share is given once at the top level");
        }
        else if (head is NodeEvent { Tag: { IsEmpty: false } tag } && !(tag.IsNonSpecific && head is Scalar))
        {
            _problems.Add(place, $"{place.Subject} must not have a tag (was {tag})");
        }
    }

    private ScalarNode Text(Scalar scalar, Place place)
    {
        if (scalar.Value.Any(char.IsControl) || !IsWellFormed(scalar.Value))
        {
            _problems.Add(place, $"{place.Subject} must be one line of text without control characters");
        }
        return new(place, scalar.Value, scalar.Style is ScalarStyle.Plain);
    }

    private SequenceNode Sequence(Place place, int depth)
    {
        List<Node> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Next(place with { Path = $"{place.Path}[{items.Count}]" }, depth + 1));
        }
        return new(place, items);
    }

    private MappingNode Mapping(Place place, int depth)
    {
        Dictionary<string, Entry> entries = [];
        List<Entry> ordered = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            Node key = Next(place, depth + 1);
            string name = (key as ScalarNode)?.Text ?? "";
            Place named = key.Place.Field(name);
            Entry entry = new(name, named, Next(named, depth + 1));
            if (key is not ScalarNode)
            {
                _problems.Add(key.Place, $"{place.Subject} has a name that is {key.Shown}: must be text");
            }
            else if (!entries.TryAdd(name, entry))
            {
                _problems.Add(named, $"{named.Path} is given twice: first on line {entries[name].Key.Line}");
            }
            else
            {
                ordered.Add(entry);
            }
        }
        return new(place, ordered);
    }

    /// <summary>No half of a surrogate pair, which YAML's escapes can write but UTF-8 cannot.</summary>
    private static bool IsWellFormed(string text)
    {
        for (int i = 0, used; i < text.Length; i += used)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out _, out used) != OperationStatus.Done)
            {
                return false;
            }
        }
        return true;
    }

    private static Place At(Mark mark, string path) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column), path);
}
