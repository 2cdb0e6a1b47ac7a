namespace Atoll.Footprint.Grids.Live;

/// <summary>A live service gave nothing that can be used: which, what it must have given, what it gave. Never has a key in it.</summary>
public sealed class LiveGridException(LiveFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public LiveFault Fault { get; } = fault;
}
