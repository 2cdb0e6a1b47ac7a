using System.Numerics.Tensors;
using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Work;

/// <summary>Trains a task as a simulation does, and puts the answer on disk.</summary>
/// <param name="index">The site's place among all sites: what its random numbers are keyed by.</param>
internal sealed class TrainDuty(SiteFolder folder, CoordinatorConnection coordinator, Signer signer, SiteSettings settings, int index, ulong seed)
{
    /// <returns>The answer, which is in its files now; or why there can be none.</returns>
    public async Task<(PendingAnswer? Answer, string? Fault)> TrainAsync(TrainWork work, SiteArm arm, CancellationToken cancellation)
    {
        ILocalObjective objective = arm.Arm.LocalObjective;
        string file = await Heartbeat.WhileAsync(() => folder.Models.GetAsync(work.Model, work.Bytes, coordinator, cancellation), coordinator, work.Task, () => 0, settings, cancellation).ConfigureAwait(false);
        ModelBody model = ModelBody.Read(file, arm.Network.ParameterCount, objective.ExchangesControl);
        float[] state = objective.KeepsSiteState ? folder.States.After(work.Arm, work.Counted, arm.Network.ParameterCount) : [];
        RoundTask task = new()
        {
            Round = work.Round,
            Turn = work.Turn,
            Weights = model.Weights,
            Control = model.Control,
            LocalEpochs = work.LocalEpochs,
            LocalSteps = work.LocalSteps,
            LearningRateFactor = work.LearningRateFactor,
        };
        TrainingWatch watch = new(work.Task, folder.Task, settings, cancellation);
        try
        {
            SiteUpdate update = await Heartbeat.WhileAsync(() => OwnThread.RunAsync(() => Train(arm, task, state, watch, cancellation), $"training {work.Arm}"), coordinator, work.Task, () => watch.Done, settings, cancellation).ConfigureAwait(false);
            return Fault(update) is { } fault ? (null, fault) : (Keep(work, arm, update, state, watch), null);
        }
        catch (LocalTrainingException hopeless)
        {
            return (null, hopeless.Message);
        }
    }

    private SiteUpdate Train(SiteArm arm, RoundTask task, float[] state, TrainingWatch watch, CancellationToken cancellation)
    {
        try
        {
            return arm.Training.Train(task, index, arm.Rows.Train, state, seed, watch, cancellation);
        }
        finally
        {
            watch.End();
        }
    }

    /// <summary>The state first and the answer last: where a start finds the answer, it finds all that belongs to it.</summary>
    /// <remarks>What took less time than lies between two checkpoints is not worth waiting for the disk: when the power goes, it is trained again. It survives the process's end in any case.</remarks>
    private PendingAnswer Keep(TrainWork work, SiteArm arm, SiteUpdate update, float[] state, TrainingWatch watch)
    {
        if (arm.Arm.LocalObjective.KeepsSiteState)
        {
            folder.States.Keep(work.Arm, work.Task, state);
        }
        bool survivesPowerLoss = watch.Seconds >= settings.CheckpointEvery.TotalSeconds;
        NamedTensor[] tensors = [new("update", [update.Update.Length], update.Update), .. arm.Arm.LocalObjective.ExchangesControl ? [new NamedTensor("control", [update.ControlChange.Length], update.ControlChange)] : (NamedTensor[])[]];
        Digest body = folder.Task.WriteUpdate(tensors, survivesPowerLoss);
        PendingAnswer answer = new()
        {
            Update = signer.Sign(new UpdateMessage
            {
                Task = work.Task,
                Arm = work.Arm,
                Round = work.Turn is null ? work.Round : null,
                Turn = work.Turn,
                Update = body,
                Bytes = new FileInfo(folder.Task.UpdateFile).Length,
                Rows = update.Rows,
                Steps = update.Steps,
                EffectiveSteps = update.EffectiveSteps,
                Samples = update.Samples,
                TrainingLoss = update.TrainingLoss,
                Seconds = watch.Seconds,
                Signed = null!,
            }),
            Readings = [.. watch.Energy.Select(part => signer.Sign(new ReadingMessage
            {
                Arm = work.Arm, Round = work.Round, EnergyJoules = part.Joules, Basis = part.Basis, Meter = part.Meter, Signed = null!,
            }))],
        };
        folder.Task.Keep(answer, survivesPowerLoss);
        return answer;
    }

    /// <summary>Why an update cannot be averaged: no number that is not finite goes into JSON, or into a model.</summary>
    private static string? Fault(SiteUpdate update) =>
        !double.IsFinite(update.TrainingLoss) ? $"Training diverged: its loss is {update.TrainingLoss}."
        : !float.IsFinite(TensorPrimitives.MaxMagnitude(update.Update)) ? "Training diverged: its weights are no longer finite."
        : null;
}
