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

    private static FigureSource Of(Input input) => new()
    {
        Path = input.Path,
        Unit = input.Unit,
        Value = input.Value,
        Low = input.Low,
        High = input.High,
        Basis = input.Origin.Basis.ToString().ToLowerInvariant(),
        Source = input.Origin.Source.StartsWith(Given, StringComparison.Ordinal) ? "the experiment file" : input.Origin.Source,
        Year = input.Origin.Year,
        Url = input.Origin.Url,
        Note = input.Origin.Note,
    };
}
