using System.Diagnostics.CodeAnalysis;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Analysis.Levers;

/// <summary>What is varied: an input, or the two directions of a link together.</summary>
/// <param name="Indices">Of the inputs that take the value.</param>
/// <param name="Given">The value as the plan has it; of two directions the smaller.</param>
internal sealed record Lever(string Path, string Unit, IReadOnlyList<int> Indices, double Given, double Low, double High)
{
    private const string Up = ".up", Down = ".down";

    /// <summary>Puts a value in the place of the inputs' own.</summary>
    public void Set(Span<double> inputs, double value)
    {
        foreach (int index in Indices)
        {
            inputs[index] = value;
        }
    }

    /// <summary>Whether its range is more than one number.</summary>
    public bool IsRange => Low < High;

    public LegalRange Legal => LegalRange.Of(Path, Unit);

    /// <summary>All inputs, with the two directions of a link as one where they have the same value and range.</summary>
    public static IReadOnlyList<Lever> All(InputTable table)
    {
        List<Lever> levers = [];
        for (int i = 0; i < table.Inputs.Count; i++)
        {
            Input input = table.Inputs[i];
            Lever lever = Of(input, i);
            if (Sibling(table, input.Path) is not { } other || !IsSame(input, table.Inputs[other]))
            {
                levers.Add(lever);
            }
            else if (i < other)
            {
                levers.Add(lever with { Path = Stem(input.Path), Indices = [i, other] });
            }
        }
        return levers;
    }

    /// <summary>The input of a path, or the two of a link whose bandwidth is named for both directions.</summary>
    /// <param name="problem">The end of a sentence that begins with the field.</param>
    public static bool TryFind(InputTable table, string path, [NotNullWhen(true)] out Lever? lever, out string problem)
    {
        problem = "";
        lever = Direct(table, path);
        if (lever is null)
        {
            problem = $"must be an input of the plan (was {path}){(NearestName.Of(path, table.Paths) is { } near ? $". Did you mean {near}?" : "")}";
        }
        return lever is not null;
    }

    private static Lever? Direct(InputTable table, string path)
    {
        if (table.Find(path) is { } index)
        {
            return Of(table.Inputs[index], index);
        }
        if (table.Find(path + Up) is not { } up || table.Find(path + Down) is not { } down)
        {
            return null;
        }
        Lever a = Of(table.Inputs[up], up), b = Of(table.Inputs[down], down);
        return new(path, a.Unit, [up, down], Math.Min(a.Given, b.Given), Math.Min(a.Low, b.Low), Math.Max(a.High, b.High));
    }

    private static Lever Of(Input input, int index) => new(input.Path, input.Unit, [index], input.Value, input.Low, input.High);

    private static int? Sibling(InputTable table, string path) =>
        path.EndsWith(Up, StringComparison.Ordinal) ? table.Find(Stem(path) + Down) : path.EndsWith(Down, StringComparison.Ordinal) ? table.Find(Stem(path) + Up) : null;

    private static string Stem(string path) => path[..path.LastIndexOf('.')];

    private static bool IsSame(Input a, Input b) => a.Unit == b.Unit && (a.Value, a.Low, a.High) == (b.Value, b.Low, b.High);
}
