namespace Atoll.Footprint.Grids;

/// <summary>One value of a trace before its step is known.</summary>
/// <param name="At">Start of the step.</param>
/// <param name="Intensity">g/kWh; null where the row is there but has no value.</param>
/// <param name="Line">Where it was read, from 1; 0 where that was no file.</param>
internal readonly record struct TraceRow(DateTimeOffset At, double? Intensity, int Line);
