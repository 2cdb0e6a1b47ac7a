using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Live;

/// <summary>Lets updates into a buffered arm's buffer: no more at once than it still takes, and none while the model changes, for what comes then belongs to the next round.</summary>
internal sealed class BufferDoor(RunLog log, CancellationToken stop)
{
    /// <summary>Waits while the buffer is full. What is admitted will be of the round under way.</summary>
    /// <param name="tooStale">Closes the task of an update that is too stale, with the reason.</param>
    public async Task<Admission> AdmitAsync(LiveArm arm, TaskRecord task, UpdateMessage message, Func<string, Task> tooStale)
    {
        while (true)
        {
            Task next = log.Due.Next;
            (Admission? admission, bool isTooStale) = Look(arm, task, message);
            if (admission is { } decided)
            {
                await (isTooStale ? tooStale(decided.Reason) : Task.CompletedTask);
                return decided;
            }
            await next.WaitAsync(stop);
        }
    }

    /// <returns>Null where it must wait.</returns>
    private (Admission?, bool IsTooStale) Look(LiveArm arm, TaskRecord task, UpdateMessage message)
    {
        lock (log.Gate)
        {
            ArmRecord record = log.Record.Arm(arm.Name)!;
            BufferRecord buffer = record.Buffer!;
            if (log.IsEnding || buffer.State.Phase is BufferPhase.Finished or BufferPhase.Failed)
            {
                return (new(null, null, 0, Over(task)), false);
            }
            // Updates that are being added are not in the ledger yet, but have their place.
            if (record.Open?.Number != buffer.State.Round || buffer.State.Folded + arm.UnderWay >= buffer.Size)
            {
                return (null, false);
            }
            BufferedDecision foreseen = buffer.Foresee(task, message.Rows, message.EffectiveSteps);
            if (foreseen.Effects is not [FoldUpdate fold])
            {
                return (new(null, null, 0, foreseen.Reason), buffer.IsTooStale(task));
            }
            return (new(fold, new Leaving(log, arm.TakeIn()), buffer.State.Round, foreseen.Reason), false);
        }
    }

    /// <summary>Why a task of a buffered arm that is over is not answered any more.</summary>
    public static string Over(TaskRecord task) => $"{task.Arm} is over: the update came too late.";

    private sealed class Leaving(RunLog log, IDisposable taken) : IDisposable
    {
        public void Dispose()
        {
            taken.Dispose();
            log.Due.Beat(); // there may be room for another
        }
    }
}
