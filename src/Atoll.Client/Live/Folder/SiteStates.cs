using System.Globalization;
using Atoll.Learning.Tensors;

namespace Atoll.Client.Live.Folder;

/// <summary>
/// What a local objective keeps at the site (SCAFFOLD's control, FedDyn's gradient), as it is after each task that may still count. The coordinator says with every
/// task which earlier one counted: its state is the one to go on from, and older ones are forgotten.
/// </summary>
internal sealed class SiteStates(string folder)
{
    private const string Name = "state", Ending = ".safetensors";

    /// <summary>The state to train a task from.</summary>
    /// <param name="counted">The site's last task of the arm that became part of a model; null where none did.</param>
    /// <exception cref="SiteFolderException">The state of that task is not here, or damaged.</exception>
    public float[] After(string arm, long? counted, int length)
    {
        foreach ((_, string file) in Kept(arm).Where(kept => kept.Task < counted))
        {
            File.Delete(file);
        }
        if (counted is not { } last)
        {
            return new float[length];
        }
        if (!File.Exists(FileOf(arm, last)))
        {
            throw new SiteFolderException($"What {arm} keeps at this site must be there as it was after task {last}, which counted, but {FileOf(arm, last)} is not. A site's folder cannot be replaced during a run.");
        }
        try
        {
            return SafetensorsFile.Read(FileOf(arm, last)).Tensors is [{ Name: Name, Values: var values }] && values.Length == length ? values.ToArray()
                : throw new SiteFolderException($"{FileOf(arm, last)} must hold one vector of {length} numbers, but does not.");
        }
        catch (TensorFileException e)
        {
            throw new SiteFolderException($"{FileOf(arm, last)} must be as the site wrote it, but is not: {e.Message}", e);
        }
    }

    /// <summary>Keeps what a task made of the state, until it is known whether the task counted.</summary>
    public void Keep(string arm, long task, float[] state) => SafetensorsFile.Write(FileOf(arm, task), [new NamedTensor(Name, [state.Length], state)]);

    /// <summary>The task did not count.</summary>
    public void Forget(string arm, long task) => File.Delete(FileOf(arm, task));

    private string FileOf(string arm, long task) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{arm}.{task}{Ending}"));

    private IEnumerable<(long Task, string File)> Kept(string arm)
    {
        foreach (string file in Directory.GetFiles(folder, $"{arm}.*{Ending}"))
        {
            string middle = Path.GetFileName(file)[(arm.Length + 1)..^Ending.Length];
            if (long.TryParse(middle, NumberStyles.None, CultureInfo.InvariantCulture, out long task))
            {
                yield return (task, file);
            }
        }
    }
}
