namespace Atoll.Client.Live.Connection;

/// <summary>The coordinator answered what the protocol does not allow. The message says what, what it must be, and what it was.</summary>
public sealed class ProtocolException(string message, Exception? inner = null) : Exception(message, inner);
