using Atoll.Client.Live.Folder;
using Atoll.Footprint.Meters;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Training;

namespace Atoll.Client.Live.Work;

/// <summary>
/// Puts a training on disk now and then, and when it is interrupted, so that a start after that repeats no more than what came since; and keeps count of the time and energy
/// that it took, over all starts.
/// </summary>
internal sealed class TrainingWatch(long task, TaskFiles files, SiteSettings settings, CancellationToken cancellation) : ILocalCheckpoint
{
    /// <summary>Writing may take this share of the time.</summary>
    private const double MostOfTime = 0.02;

    private readonly List<EnergyPart> _energy = [];
    private Func<Metered>? _stretch;
    private long _since;
    private double _secondsBefore, _done;
    private TimeSpan _cost;

    /// <summary>Share of the task that is done.</summary>
    public double Done => Volatile.Read(ref _done);

    public bool IsResumed { get; private set; }

    /// <summary>Of training, with what earlier starts did of it.</summary>
    public double Seconds { get; private set; }

    public IReadOnlyList<EnergyPart> Energy => EnergyPart.Sum(_energy);

    public TrainingPoint Restore(Span<float> weights, OptimizerState optimizer)
    {
        CheckpointPoint? point = files.Restore(task, weights, optimizer);
        if (point is not null)
        {
            (_secondsBefore, IsResumed) = (point.Seconds, true);
            _energy.AddRange(point.Energy);
        }
        Begin();
        return point is null ? default : new(point.Steps, point.Samples, point.Losses);
    }

    public void Stepped(in TrainingPoint point, int steps, ReadOnlySpan<float> weights, OptimizerState optimizer)
    {
        Volatile.Write(ref _done, (double)point.Steps / steps);
        TimeSpan passed = settings.Time.GetElapsedTime(_since);
        bool isDue = passed >= settings.CheckpointEvery && _cost <= passed * MostOfTime;
        if (point.Steps < steps && (isDue || cancellation.IsCancellationRequested))
        {
            End();
            long began = settings.Time.GetTimestamp();
            files.Checkpoint(new()
            {
                Task = task, Steps = point.Steps, Samples = point.Samples, Losses = point.Losses, OptimizerSteps = optimizer.Steps, Seconds = Seconds, Energy = Energy,
            }, weights, optimizer);
            _cost = settings.Time.GetElapsedTime(began);
            Begin();
        }
    }

    /// <summary>Training is over, however it ended.</summary>
    public void End()
    {
        if (_stretch is { } running)
        {
            _stretch = null;
            _energy.AddRange(running().Parts.Select(part => new EnergyPart(part.Origin.Basis.ToString().ToLowerInvariant(), part.Origin.Source, part.Energy.Value)));
        }
        Seconds = _secondsBefore += settings.Time.GetElapsedTime(_since).TotalSeconds;
        _since = settings.Time.GetTimestamp();
    }

    private void Begin()
    {
        _since = settings.Time.GetTimestamp();
        _stretch = settings.Meter?.Start();
    }
}
