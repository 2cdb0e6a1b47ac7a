namespace Atoll.Footprint.Meters;

/// <summary>A meter that cannot be read: says which, and why. The machine's meter answers it with a model and a note.</summary>
internal sealed class MeterException(string message, Exception? inner = null) : Exception(message, inner);
