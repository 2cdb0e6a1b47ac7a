namespace Atoll.Client.Live.Connection;

/// <summary>Gives up on a body that no longer moves, however long it takes while it does.</summary>
internal sealed class Standstill : IDisposable
{
    private readonly CancellationTokenSource _clock, _either;

    public Standstill(TimeProvider time, CancellationToken cancellation)
    {
        _clock = new(HttpTransport.StandstillTime, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellation);
    }

    public CancellationToken Token => _either.Token;

    public void Moved() => _clock.CancelAfter(HttpTransport.StandstillTime);

    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
