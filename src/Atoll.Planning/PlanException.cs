namespace Atoll.Planning;

/// <summary>A plan cannot be answered; the message says what stands in the way.</summary>
public sealed class PlanException(string message) : Exception(message);
