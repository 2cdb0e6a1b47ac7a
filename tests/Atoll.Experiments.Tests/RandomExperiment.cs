using Atoll.Experiments.Binding;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;

namespace Atoll.Experiments.Tests;

/// <summary>Experiments of any shape that the records allow, drawn from a seed.</summary>
internal sealed class RandomExperiment(int seed)
{
    // Text that YAML could read as something else, or that quoting could spoil.
    private static readonly string[] Texts =
        ["plain", "null", "~", "true", "no", "1", "0x1F", "1e5", ".inf", " lead", "trail ", "a: b", "a #b", "#c", "- d", "{e}", "[f", "'g'", "\"h\"",
         "back\\slash", "é", "😀", "\u2028", "\uFEFF", "\uFFFF", "a, b", "*x", "&y", "!z", "|", ">", "%", "@", "`", "?", ":", "---", "...", "<<", "=", "\u00A0"];

    private static readonly double[] Numbers = [0, 1, 0.5, 0.1, 1e-8, 1e30, 1.0 / 3, -1, 0.99, 5e-324, 1e-45];

    private readonly Random _random = new(seed);

    public Experiment Draw()
    {
        OrderedDictionary<string, Arm> arms = [];
        foreach (int i in Enumerable.Range(0, _random.Next(1, 4)))
        {
            arms[$"arm-{i}"] = Related((Arm)Value(typeof(Arm)));
        }
        arms["base"] = Related((Arm)Record(RecordType.Of(typeof(CentralizedArm))));
        return new()
        {
            Name = "random",
            Seed = (ulong)_random.NextInt64() * 2 + 1,
            Arms = arms,
            Baseline = arms.First(a => a.Value is CentralizedArm).Key,
        };
    }

    /// <summary>What no property can enforce alone.</summary>
    private static Arm Related(Arm arm)
    {
        DataSettings data = arm.Data with
        {
            Csv = arm.Data.Csv is { Count: > 0 } csv ? [.. csv.Select(c => Path.Combine(Examples.Folder, c))] : null,
            Label = arm.Data.Label ?? "label",
            Features = arm.Data.Features is { Count: 0 } ? null : arm.Data.Features,
            Site = arm.Partition is null ? "site" : null,
        };
        EpochRange? epochs = arm.Training.LocalEpochs;
        if (arm is FederatedArm federated && federated.Contradiction() is not null)
        {
            arm = federated with { LocalObjective = new Plain(), Aggregation = new FedAvg(), Buffered = null };
        }
        return arm with
        {
            Data = data with { Catalog = data.Csv is null ? "digits" : null },
            Training = arm.Training with { LocalEpochs = epochs is null ? null : new() { Min = Math.Min(epochs.Min, epochs.Max), Max = epochs.Max } },
        };
    }

    private object Value(Type type)
    {
        if (FieldType.ItemOf(type) is { } item)
        {
            object[] items = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(item)).Distinct()];
            Array list = Array.CreateInstance(item, items.Length);
            Array.Copy(items, list, items.Length);
            return list;
        }
        if (Kinds.Of(type) is { } kinds)
        {
            return Record(Pick<RecordType>([.. kinds.All.Values]));
        }
        if (type.IsEnum)
        {
            return Pick<object>([.. Names.OfValues(type).Values]);
        }
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.String:
                return Pick(Texts);
            case TypeCode.Boolean:
                return _random.Next(2) == 0;
            case TypeCode.Int32:
                return Pick([0, 1, 2, 5, 100, -3, int.MaxValue]);
            case TypeCode.Int64:
                return Pick([0L, 1L, long.MaxValue]);
            case TypeCode.UInt32:
                return Pick([0u, 1u, uint.MaxValue]);
            case TypeCode.UInt64:
                return Pick([0UL, 1UL, ulong.MaxValue]);
            case TypeCode.Double:
                return Pick(Numbers);
            case TypeCode.Single:
                return (float)Pick(Numbers);
            default:
                return Record(RecordType.Of(type));
        }
    }

    private object Record(RecordType type)
    {
        object record = type.Create();
        foreach (Field field in type.Fields)
        {
            Alternatives? pair = Alternatives.All.FirstOrDefault(a => a.ConcernsBoth(type) && (a.First == field.Name || a.Second == field.Name));
            bool ruledOut = pair is not null && type.Find(Alternatives.Of(field.Name)!)!.Get(record) is not null;
            bool needed = field.IsRequired || (pair is { Required: true } && !ruledOut);
            if (ruledOut || (!needed && _random.Next(3) == 0))
            {
                continue;
            }
            int tries = 0;
            while (field.TrySet(record, Value(field.Type)) is { } rule)
            {
                (++tries).ShouldBeLessThan(1000, $"nothing drawn for {type.Type.Name}.{field.Name} suits: it {rule}");
            }
        }
        return record;
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
