namespace Atoll.Client.Live;

/// <summary>A token that is too old by this machine's clock.</summary>
public sealed class ExpiredTokenException(string message) : Exception(message);
