using System.Diagnostics.CodeAnalysis;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Analysis.Levers;

/// <summary>What is varied: an input, or the two directions of a link together.</summary>
/// <param name="Indices">Of the inputs that take the value.</param>
/// <param name="Given">The value as the plan has it; of two directions the smaller.</param>
internal sealed record Lever(string Path, string Unit, IReadOnlyList<int> Indices, double Given, double Low, double High)
{
    private const string Up = ".up", Down = ".down", Links = "links.";

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

    /// <summary>The input of a path; a link's sites in either order, and its bandwidth for both directions.</summary>
    /// <param name="problem">The end of a sentence that begins with the field.</param>
    public static bool TryFind(InputTable table, string path, [NotNullWhen(true)] out Lever? lever, out string problem)
    {
        problem = "";
        lever = Spellings(table, path).Select(p => Direct(table, p)).FirstOrDefault(l => l is not null);
        if (lever is null)
        {
            problem = $"must name an input that an arm reads (was \"{path}\"){NearestName.Suggestion(path, All(table).Select(l => l.Path))}".TrimEnd('.');
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

    /// <summary>The path, and that of the same link with its sites in the other order. A site's name may have a hyphen, so each is tried as the place to cut.</summary>
    private static IEnumerable<string> Spellings(InputTable table, string path)
    {
        yield return path;
        if (!path.StartsWith(Links, StringComparison.Ordinal) || path.IndexOf('.', Links.Length) is not (> 0 and var end))
        {
            yield break;
        }
        string name = path[Links.Length..end], rest = path[end..];
        // Seen from the other end, up is down.
        rest = rest.EndsWith(Up, StringComparison.Ordinal) ? Stem(rest) + Down : rest.EndsWith(Down, StringComparison.Ordinal) ? Stem(rest) + Up : rest;
        for (int cut = name.IndexOf('-', StringComparison.Ordinal); cut > 0; cut = name.IndexOf('-', cut + 1))
        {
            string turned = $"{Links}{name[(cut + 1)..]}-{name[..cut]}";
            yield return turned + rest;
        }
    }

    private static Lever Of(Input input, int index) => new(input.Path, input.Unit, [index], input.Value, input.Low, input.High);

    private static int? Sibling(InputTable table, string path) =>
        path.EndsWith(Up, StringComparison.Ordinal) ? table.Find(Stem(path) + Down) : path.EndsWith(Down, StringComparison.Ordinal) ? table.Find(Stem(path) + Up) : null;

    private static string Stem(string path) => path[..path.LastIndexOf('.')];

    private static bool IsSame(Input a, Input b) => a.Unit == b.Unit && (a.Value, a.Low, a.High) == (b.Value, b.Low, b.High);
}
