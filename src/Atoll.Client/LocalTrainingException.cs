namespace Atoll.Client;

/// <summary>Local training that can give no update, whatever the data. The message says why.</summary>
public sealed class LocalTrainingException(string message) : Exception(message);
