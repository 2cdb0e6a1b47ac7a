using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Serving;

/// <summary>Where a live run's status comes from: its coordinator, or its folder.</summary>
internal interface IStatusSource : IDisposable
{
    /// <exception cref="CommandException">There is no run, or whoever answers is not to be believed: asking again does not help.</exception>
    /// <exception cref="IOException">Nobody answers now.</exception>
    Task<RunStatus> ReadAsync(CancellationToken cancellation);
}
