namespace Atoll.Footprint.Grids;

/// <summary>A trace that cannot be used, or not for what is asked of it: what, what it must be, what it was, with file and line where it was read.</summary>
public sealed class TraceException(string message, Exception? inner = null) : Exception(message, inner);
