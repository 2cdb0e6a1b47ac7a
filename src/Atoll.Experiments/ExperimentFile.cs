using System.Security.Cryptography;
using System.Text;
using Atoll.Experiments.Reading;
using Atoll.Experiments.Writing;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments;

/// <summary>Reads experiment files strictly, and writes them resolved.</summary>
public static class ExperimentFile
{
    /// <summary>The file's name where a folder is given.</summary>
    public const string DefaultName = "experiment.yaml";

    /// <param name="path">A YAML file, or a folder that holds <see cref="DefaultName"/>.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the file: it lists everything that could be found.</exception>
    public static Experiment Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, DefaultName) : path;
        return Parse(FileText.Read(file), file, Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    /// <param name="text">The file's text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">The full path from which the CSV files' paths start.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the text.</exception>
    public static Experiment Parse(string text, string file, string folder)
    {
        ProblemList problems = new(file);
        FileText.RefuseTabs(text, problems);
        return new ExperimentReader(YamlReader.Read(text, problems), folder, problems).Read();
    }

    /// <summary>The resolved file: every arm complete, every default spelled out, paths in full. It reads back to an equal experiment.</summary>
    public static string Write(Experiment experiment) => YamlWriter.Write(ValueTree.Of(experiment));

    /// <summary>All that an arm is set to, by the file's own names, for people to read.</summary>
    public static IReadOnlyDictionary<string, string> Settings(Arm arm) => SettingsText.Of(arm);

    /// <summary>
    /// SHA-256, in hex, of everything that decides what is trained, wherever the file lies: what tells whether a run belongs to the experiment.
    /// <see cref="Experiment.Sites"/> decides nothing of that: the same run can be accounted for at other sites. Nor does <see cref="Experiment.Live"/>.
    /// </summary>
    public static string Fingerprint(Experiment experiment) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ValueTree.Of(experiment with { Sites = null, Live = null }).ToJsonString())));
}
