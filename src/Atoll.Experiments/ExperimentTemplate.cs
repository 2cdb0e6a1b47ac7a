using Atoll.Experiments.Reading;

namespace Atoll.Experiments;

/// <summary>The commented file to start from.</summary>
public static class ExperimentTemplate
{
    /// <summary>What must hold of a name: it becomes a folder.</summary>
    public const string NameRule = SafeName.ExperimentRule;

    public static bool IsName(string name) => SafeName.IsExperiment(name);

    /// <returns>A file of this name that runs as it is.</returns>
    /// <exception cref="ArgumentException">The name cannot be an experiment's.</exception>
    public static string Create(string name)
    {
        if (!IsName(name))
        {
            throw new ArgumentException($"An experiment's name {NameRule} (was \"{name}\").", nameof(name));
        }
        using Stream stream = typeof(ExperimentTemplate).Assembly.GetManifestResourceStream("Template/experiment.yaml")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace("name: NAME", $"name: {Quoted(name)}", StringComparison.Ordinal);
    }

    /// <summary>A name such as <c>2024</c> or <c>true</c> is text only in quotes.</summary>
    private static string Quoted(string name) => Yaml.CoreSchema.IsText(name) ? name : $"\"{name}\"";
}
