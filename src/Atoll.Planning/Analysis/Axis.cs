using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Analysis;

/// <summary>The values that a sweep gives an input.</summary>
/// <param name="Name">As in the plan file.</param>
internal sealed record Axis(string Name, Lever Lever, IReadOnlyList<double> Values)
{
    /// <param name="refuse">Told the field (<c>from</c>, <c>to</c>) and the end of a sentence that begins with it.</param>
    /// <returns>Null where something was refused.</returns>
    public static Axis? Read(InputTable table, Lever lever, string name, string from, string to, int steps, Spacing spacing, Action<string, string> refuse)
    {
        // Both ends are read, so that both are complained of.
        double? start = End(table, lever, "from", from, spacing, refuse), end = End(table, lever, "to", to, spacing, refuse);
        if (start is not { } first || end is not { } last)
        {
            return null;
        }
        if (first >= last)
        {
            refuse("from", $"must be less than to, {to} (was {from})");
            return null;
        }
        return new(name, lever, [.. Enumerable.Range(0, steps).Select(i => i == 0 ? first : i == steps - 1 ? last : Between(first, last, (double)i / (steps - 1), spacing))]);
    }

    private static double Between(double first, double last, double share, Spacing spacing) =>
        spacing == Spacing.Linear ? first + (share * (last - first)) : first * Math.Pow(last / first, share);

    private static double? End(InputTable table, Lever lever, string field, string text, Spacing spacing, Action<string, string> refuse)
    {
        if (!table.TryParse(lever.Indices[0], text, out double value, out string problem))
        {
            refuse(field, problem);
        }
        else if (spacing == Spacing.Logarithmic && value <= 0)
        {
            refuse(field, $"must be more than 0 where the spacing is logarithmic (was {text}): write spacing: linear");
        }
        else if (!lever.Legal.Contains(value))
        {
            refuse(field, $"{lever.Legal.Rule}, as {lever.Path} must (was {text})");
        }
        else
        {
            return value;
        }
        return null;
    }
}
