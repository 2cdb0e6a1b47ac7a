using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>A stretch of work under way. Disposing of it ends it unread, so that an exception leaves the meter free for the next.</summary>
public sealed class Metering : IDisposable
{
    private readonly MachineMeter _meter;

    internal Metering(MachineMeter meter, long startedAt, Dictionary<(string Component, Origin Origin), Estimate<Energy>> before, int notesBefore) =>
        (_meter, StartedAt, Before, NotesBefore) = (meter, startedAt, before, notesBefore);

    internal long StartedAt { get; }

    internal Dictionary<(string Component, Origin Origin), Estimate<Energy>> Before { get; }

    internal int NotesBefore { get; }

    /// <summary>What it has taken until now. The stretch goes on.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public Metered Read() => _meter.Read(this, ends: false);

    /// <summary>Ends it.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public Metered Stop() => _meter.Read(this, ends: true);

    public void Dispose() => _meter.Abandon(this);
}
