using System.Diagnostics;
using System.Diagnostics.Metrics;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Hosting.Telemetry;

/// <summary>What is measured while a run is served: OpenTelemetry's <c>Atoll.Coordinator</c>, as meter and as source of traces.</summary>
internal sealed class HostMetrics : IDisposable
{
    public const string Name = "Atoll.Coordinator";

    public static readonly ActivitySource Traces = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _uploaded, _downloaded, _refusals, _answers;
    private readonly Histogram<double> _uploadSeconds, _updateSeconds;
    private readonly UpDownCounter<int> _waiting, _uploading, _watching;

    public HostMetrics(ILiveRun run)
    {
        _uploaded = _meter.CreateCounter<long>("atoll.upload.bytes", "By", "Bytes of updates that came.");
        _downloaded = _meter.CreateCounter<long>("atoll.model.bytes", "By", "Bytes of models that were asked for.");
        _refusals = _meter.CreateCounter<long>("atoll.refusals", "{request}", "Requests and connections that were refused, by code.");
        _answers = _meter.CreateCounter<long>("atoll.updates", "{update}", "Updates that were answered: counted, or not.");
        _uploadSeconds = _meter.CreateHistogram<double>("atoll.upload.duration", "s", "From an upload's first byte to its last.");
        _updateSeconds = _meter.CreateHistogram<double>("atoll.update.duration", "s", "From an update's announcement to its answer.");
        _waiting = _meter.CreateUpDownCounter<int>("atoll.work.waiting", "{site}", "Sites that wait for something to do.");
        _uploading = _meter.CreateUpDownCounter<int>("atoll.upload.active", "{upload}", "Uploads under way, those that queue for their turn among them.");
        _watching = _meter.CreateUpDownCounter<int>("atoll.watchers", "{viewer}", "Viewers of events.");
        _meter.CreateObservableCounter("atoll.rounds", () => Arms(run, arm => arm.Completed), "{round}", "Rounds done, by arm.");
        _meter.CreateObservableGauge("atoll.round.updates", () => Arms(run, arm => arm.Updates), "{update}", "Updates of the round under way that are in.");
        _meter.CreateObservableGauge("atoll.round.asked", () => Arms(run, arm => arm.Asked), "{update}", "Updates that the round under way asked for.");
        _meter.CreateObservableCounter("atoll.arm.bytes", () => run.Status().Arms.SelectMany(arm => new Measurement<long>[]
        {
            new(arm.BytesUp, new("arm", arm.Name), new("direction", "up")), new(arm.BytesDown, new("arm", arm.Name), new("direction", "down")),
        }), "By", "Bytes of models and updates, by arm.");
        _meter.CreateObservableGauge("atoll.round.duration", () => run.Status().Arms.Where(arm => arm.Results.Count > 0)
            .Select(arm => new Measurement<double>(arm.Results[^1].Seconds, new KeyValuePair<string, object?>("arm", arm.Name))), "s", "Duration of the latest round, by arm.");
        _meter.CreateObservableGauge("atoll.sites", () => run.Status().Sites.GroupBy(site => site.Activity)
            .Select(sites => new Measurement<int>(sites.Count(), new KeyValuePair<string, object?>("activity", sites.Key.ToString().ToLowerInvariant()))), "{site}", "Sites, by what they do.");
        _meter.CreateObservableCounter("atoll.rejections", () => run.Status().Rejected, "{update}", "What the ledger records as rejected.");
        _meter.CreateObservableGauge("atoll.ledger.entries", () => run.Status().Ledger.Size, "{entry}", "Entries of the ledger.");
    }

    public void Uploaded(long bytes) => _uploaded.Add(bytes);

    public void UploadTook(TimeSpan time) => _uploadSeconds.Record(time.TotalSeconds);

    public void Downloads(long bytes) => _downloaded.Add(bytes);

    public void Refused(string code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Answered(bool counted, TimeSpan time)
    {
        _answers.Add(1, new KeyValuePair<string, object?>("counted", counted));
        _updateSeconds.Record(time.TotalSeconds);
    }

    public IDisposable Waiting() => new Presence(_waiting);

    public IDisposable Uploading() => new Presence(_uploading);

    public IDisposable Watching() => new Presence(_watching);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Arms(ILiveRun run, Func<ArmStatus, long> value) =>
        run.Status().Arms.Select(arm => new Measurement<long>(value(arm), new KeyValuePair<string, object?>("arm", arm.Name)));

    /// <summary>Counts one for as long as it is not disposed of.</summary>
    private sealed class Presence : IDisposable
    {
        private readonly UpDownCounter<int> _counter;

        public Presence(UpDownCounter<int> counter)
        {
            _counter = counter;
            _counter.Add(1);
        }

        public void Dispose() => _counter.Add(-1);
    }
}
