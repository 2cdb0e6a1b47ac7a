namespace Atoll.Federation.Aggregation;

/// <summary>An update cannot be averaged: not finite, or beyond the range of exact averaging. Nothing of it was kept.</summary>
/// <param name="index">Which of the updates given, from 0.</param>
public sealed class UpdateRefusedException(string message, int index) : Exception(message)
{
    public int Index { get; } = index;
}
