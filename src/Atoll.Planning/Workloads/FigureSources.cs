using Atoll.Experiments.Results;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Workloads;

/// <summary>Inputs as a run's result shows them.</summary>
internal static class FigureSources
{
    /// <summary>How inputs that a file gives say so: with a line, which for an experiment is that of a plan made of it.</summary>
    private const string Given = "the plan file";

    public static IReadOnlyList<FigureSource> Of(InputTable table, IEnumerable<int> indices) =>
        [.. indices.Distinct().Order().Select(index => Of(table.Inputs[index]))];

    private static FigureSource Of(Input input) => input.Source.Source.StartsWith(Given, StringComparison.Ordinal) ? input.Source with { Source = "the experiment file" } : input.Source;
}
