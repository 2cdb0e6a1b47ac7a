namespace Atoll.Client.Live.Connection;

/// <summary>A request that failed, but may succeed if it is made again.</summary>
/// <param name="after">The coordinator asks not to come before this.</param>
internal sealed class TransientException(string message, TimeSpan? after = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan After { get; } = after ?? TimeSpan.Zero;
}
