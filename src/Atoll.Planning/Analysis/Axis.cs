using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;

namespace Atoll.Planning.Analysis;

/// <summary>The values that a sweep gives an input.</summary>
/// <param name="Name">As in the plan file.</param>
internal sealed record Axis(string Name, Lever Lever, IReadOnlyList<double> Values)
{
    /// <param name="refuse">Told the field (<c>from</c>, <c>to</c>) and the end of a sentence that begins with it.</param>
    /// <returns>Null where something was refused.</returns>
    public static Axis? Read(Lever lever, string name, string from, string to, int steps, Spacing spacing, Action<string, string> refuse) =>
        // Both ends are read, so that both are complained of.
        (End(lever, "from", from, spacing, refuse), End(lever, "to", to, spacing, refuse)) is ({ } first, { } last)
            ? new(name, lever, [.. Enumerable.Range(0, steps).Select(i => i == 0 ? first : i == steps - 1 ? last : Between(first, last, (double)i / (steps - 1), spacing))])
            : null;

    private static double Between(double first, double last, double share, Spacing spacing) =>
        spacing == Spacing.Linear ? first + (share * (last - first)) : first * Math.Pow(last / first, share);

    private static double? End(Lever lever, string field, string text, Spacing spacing, Action<string, string> refuse)
    {
        if (!Measure.In(lever.Unit).TryParse(text, out double value, out string problem))
        {
            refuse(field, problem);
        }
        else if (!lever.Legal.Contains(value))
        {
            refuse(field, $"{lever.Legal.Rule}, as {lever.Path} must (was \"{text}\")");
        }
        else if (spacing == Spacing.Logarithmic && value == 0)
        {
            refuse(field, $"must be more than 0 where values are spaced logarithmically, or spacing must be linear (was \"{text}\")");
        }
        else
        {
            return value;
        }
        return null;
    }
}
