using System.Text;
using System.Text.Json;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>The files of a run's folder: the experiment from the beginning, models and result when it is over.</summary>
internal sealed class RunEnd(RunLog log)
{
    private string Folder => log.Request.Folder;

    /// <summary>What a model's file says beside its numbers: the same as a simulated run's.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(string arm) => new Dictionary<string, string> { ["arm"] = arm, ["format"] = "atoll" };

    /// <summary>The experiment as sites get it: every default spelled out, files by their names only.</summary>
    public static string TextOf(Experiment experiment) => ExperimentFile.Write(experiment with
    {
        Arms = experiment.Arms.ToDictionary(arm => arm.Key, arm => WithoutFolders(arm.Value)),
    });

    /// <summary>An arm whose files are named without their folders: where they lie is the coordinator's own business, and no part of the record.</summary>
    public static Arm WithoutFolders(Arm arm) => arm.Data.Csv is not { } files ? arm : arm with { Data = arm.Data with { Csv = [.. files.Select(file => Path.GetFileName(file))] } };

    public void WriteExperiment(string text)
    {
        Directory.CreateDirectory(Folder);
        WholeFile.Write(Path.Combine(Folder, ExperimentFile.DefaultName), Encoding.UTF8.GetBytes(text));
    }

    public async Task WriteAsync(CancellationToken cancellation)
    {
        string models = Path.Combine(Folder, "models");
        Directory.CreateDirectory(models);
        foreach (ArmRecord arm in log.Record.Arms.Where(arm => arm.End?.Model is not null))
        {
            await using Stream? model = await log.Request.Blobs.OpenAsync(arm.End!.Model!.Value, cancellation);
            if (model is not null)
            {
                string file = Path.Combine(models, $"{arm.Name}.safetensors"), part = file + WholeFile.PartSuffix;
                await using (FileStream copy = new(part, FileMode.Create, FileAccess.Write))
                {
                    await model.CopyToAsync(copy, cancellation);
                    copy.Flush(flushToDisk: true);
                }
                File.Move(part, file, overwrite: true);
            }
        }
        RunResult whole = log.Result();
        await ForgetAsync(cancellation);
        WholeFile.Write(Path.Combine(Folder, "result.json"), JsonSerializer.SerializeToUtf8Bytes(whole, RunResultJson.Default.RunResult));
    }

    /// <inheritdoc cref="LiveRun.Outlasting"/>
    public IReadOnlyCollection<Digest> Outlasting()
    {
        lock (log.Gate)
        {
            IEnumerable<Digest?> models = log.Record.Arms.Select(arm => arm.End?.Model);
            // With it alone a trained model can be held against the ledger, where the last round ended with more than weights.
            IEnumerable<Digest?> last = log.Record.Arms.Where(arm => log.Arms[arm.Name].LocalObjective.ExchangesControl).Select(arm => arm.Done.LastOrDefault()?.Model);
            return [.. models.Concat(last).Append(log.Record.Enrolment?.Schemas).OfType<Digest>()];
        }
    }

    /// <summary>The trained models stay, for sites that ask for them, and what opening the run again needs; updates are nobody's business any more, unless they are to be kept.</summary>
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        if (!log.Request.KeepUpdates)
        {
            await (log.Arm?.SettledAsync(cancellation) ?? Task.CompletedTask); // an abort does not wait for an update that is being taken in
            await log.Request.Blobs.KeepOnlyAsync(Outlasting(), cancellation);
        }
    }
}
