namespace Atoll.Client.Live.Connection;

/// <summary>Whoever answered is not the coordinator that the token names. Nothing was sent to it.</summary>
public sealed class WrongCoordinatorException(string message) : Exception(message);
