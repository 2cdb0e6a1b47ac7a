namespace Atoll.Client.Live;

/// <summary>A site's folder, or the data that it joined with, is not as it was left. Trying again does not help: the message says what somebody has to put right.</summary>
public sealed class SiteFolderException(string message, Exception? inner = null) : IOException(message, inner);
