using Atoll.Experiments.Binding;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Reading;

/// <summary>A document's tree to an experiment: each arm is the top level with the arm's own mapping laid over it.</summary>
internal sealed class ExperimentReader(MappingNode root, string folder, ProblemList problems)
{
    private const string ArmsField = "arms";

    private static readonly RecordType Whole = RecordType.Of(typeof(Experiment));

    private readonly Dictionary<Field, List<string>> _missing = [];

    /// <summary>What only the whole experiment has: its name and its seed.</summary>
    public static IEnumerable<Field> OwnFields => Whole.Fields.Where(f => f.Name != ArmsField);

    public static Kinds ArmKinds => Kinds.Of(typeof(Arm))!;

    /// <exception cref="ExperimentFileException">Something was wrong; everything found is in it.</exception>
    public Experiment Read()
    {
        CheckTopLevel();
        Experiment experiment = new() { Name = "", Arms = new Dictionary<string, Arm>(), Baseline = "" };
        SetOwn(experiment);
        OrderedDictionary<string, Arm> arms = [];
        foreach (Entry entry in WithBaseline(Written()))
        {
            if (Resolve(entry) is { } arm)
            {
                arms[entry.Name] = arm;
            }
        }
        ReportMissing();
        problems.ThrowIfAny();
        return experiment with { Arms = arms, Baseline = arms.First(a => a.Value is CentralizedArm).Key, Folder = folder };
    }

    /// <summary>Each field by itself: an arm may never use it, and may complete it.</summary>
    private void CheckTopLevel()
    {
        Binder partial = new(problems, partial: true);
        string[] shared = [.. ArmKinds.FieldNames];
        string[] valid = [.. Whole.Fields.Select(f => f.Name), .. shared];
        foreach (Entry entry in root.Entries)
        {
            if (shared.Contains(entry.Name))
            {
                foreach (string kind in ArmKinds.KindsWith(entry.Name).Take(1))
                {
                    partial.Record(new(root.Place, [entry]), ArmKinds.All[kind]);
                }
            }
            else if (!valid.Contains(entry.Name))
            {
                string hint = Nearest.Hint(entry.Name, valid);
                problems.Add(entry.Key, $"{entry.Key.Subject} is not a field here" + (hint.Length > 0 ? hint : $": must be {Names.Or(valid)}"));
            }
        }
    }

    private void SetOwn(Experiment experiment)
    {
        MappingNode own = new(root.Place, [.. root.Entries.Where(e => OwnFields.Any(f => f.Name == e.Name))]);
        foreach (Field field in OwnFields)
        {
            if (own.Find(field.Name) is { } entry)
            {
                if (new Binder(problems).Bind(entry.Value, field.Type) is { } value && field.TrySet(experiment, value) is { } rule)
                {
                    problems.Add(entry.Value.Place, $"{entry.Value.Place.Subject} {rule}");
                }
            }
            else if (field.IsRequired)
            {
                problems.Add(root.Place, $"{field.Name} is missing: must be {FieldType.Describe(field.Type)}");
            }
        }
        if (experiment.Name.Length > 0 && !SafeName.IsExperiment(experiment.Name))
        {
            Node name = own.Find("name")!.Value;
            problems.Add(name.Place, $"{name.Place.Subject} {SafeName.ExperimentRule} (was {name.Shown})");
        }
    }

    /// <summary>The arms that can be told apart and whose kind is known.</summary>
    private List<Entry> Written()
    {
        if (root.Find(ArmsField) is not { } arms)
        {
            problems.Add(root.Place, $"{ArmsField} is missing: must be a mapping from each arm's name to its settings");
            return [];
        }
        if (arms.Value is not MappingNode { Entries: { Count: > 0 } entries })
        {
            string was = arms.Value is MappingNode ? "an empty mapping" : arms.Value.Shown;
            problems.Add(arms.Value.Place, $"{ArmsField} must be a mapping from each arm's name to its settings (was {was})");
            return [];
        }
        foreach (Entry entry in entries.Where(e => !SafeName.IsArm(e.Name)))
        {
            problems.Add(entry.Key, $"An arm's name {SafeName.ArmRule} (was \"{entry.Name}\")");
        }
        return [.. entries.Where(HasKind)];
    }

    private bool HasKind(Entry entry)
    {
        string must = $"must be {FieldType.Describe(typeof(Arm))}";
        if (entry.Value is not MappingNode mapping)
        {
            problems.Add(entry.Value.Place, $"{entry.Value.Place.Subject} {must} (was {entry.Value.Shown})");
            return false;
        }
        if (mapping.Find(Kinds.Discriminator)?.Value is not { } kind)
        {
            problems.Add(entry.Key, $"{entry.Key.Field(Kinds.Discriminator).Path} is missing: must be {Names.Or(ArmKinds.All.Keys)}");
            Kindless(entry.Name, mapping);
            return false;
        }
        if (kind is ScalarNode { Text: var text } && ArmKinds.All.ContainsKey(text))
        {
            return true;
        }
        string near = kind is ScalarNode scalar ? Nearest.Hint(scalar.Text, ArmKinds.All.Keys) : "";
        problems.Add(kind.Place, $"{kind.Place.Subject} must be {Names.Or(ArmKinds.All.Keys)} (was {kind.Shown}){near}");
        Kindless(entry.Name, mapping);
        return false;
    }

    /// <summary>What can be said of an arm of no known kind: what is wrong, or missing, whichever it is.</summary>
    private void Kindless(string arm, MappingNode own)
    {
        new Binder(problems, partial: true).Kindless(own, ArmKinds);
        RecordType some = ArmKinds.All.Values.First();
        foreach (Field field in some.Fields.Where(f => f.IsRequired && ArmKinds.All.Values.All(kind => kind.Find(f.Name) is { IsRequired: true })))
        {
            if (root.Find(field.Name) is null && own.Find(field.Name) is null)
            {
                Lacks(arm, field);
            }
        }
    }

    private void Lacks(string arm, Field field) => (_missing.TryGetValue(field, out List<string>? arms) ? arms : _missing[field] = []).Add(arm);

    private List<Entry> WithBaseline(List<Entry> written)
    {
        if (written.Count == 0 || written.Any(e => Baseline.IsOne(e)))
        {
            return written;
        }
        if (written.FirstOrDefault(e => e.Name == Baseline.Name) is { } taken)
        {
            problems.Add(taken.Key, $"{taken.Key.Subject} must be of kind {Baseline.Kind}, as the name says: the file has no other baseline");
            return written;
        }
        return [Baseline.For(root, written), .. written];
    }

    private Arm? Resolve(Entry entry)
    {
        MappingNode own = (MappingNode)entry.Value;
        string kind = ((ScalarNode)own.Find(Kinds.Discriminator)!.Value).Text;
        RecordType type = ArmKinds.All[kind];
        MappingNode inherited = new(root.Place, [.. root.Entries.Where(e => type.Find(e.Name) is not null)]);
        MappingNode whole = Inheritance.Merge(inherited, own);
        Field[] missing = [.. type.Fields.Where(f => f.IsRequired && whole.Find(f.Name) is null)];
        foreach (Field field in missing)
        {
            Lacks(entry.Name, field);
        }
        if (new Binder(problems).Record(whole, type, (ArmKinds, kind), checkMissing: false) is not Arm arm || missing.Length > 0)
        {
            return null;
        }
        new Relations(problems).Check(arm, whole);
        return arm.Data.Csv is not { } csv ? arm
            : arm with { Data = arm.Data with { Csv = [.. csv.Select(file => Path.GetFullPath(file, folder))] } };
    }

    /// <summary>Once for all arms that lack it: the place to give it is most likely the top level.</summary>
    private void ReportMissing()
    {
        foreach (var (name, lacking) in _missing.GroupBy(m => m.Key.Name).Select(g => (g.First().Key, g.SelectMany(m => m.Value))))
        {
            problems.Add(root.Place, $"{name.Name} is missing: must be {FieldType.Describe(name.Type)}, at the top level or in the arm ({string.Join(", ", lacking)})");
        }
    }
}
