namespace Atoll.Footprint.Meters;

/// <summary>Meters stretches of work, one after another.</summary>
/// <remarks>Called on one thread. A meter that fails on the way says so in <see cref="Metered.Notes"/> and goes on with a model: it does not throw.</remarks>
public interface IWorkMeter
{
    /// <summary>Begins a stretch.</summary>
    /// <returns>Ends it, once, and says what it took.</returns>
    Func<Metered> Start();
}
