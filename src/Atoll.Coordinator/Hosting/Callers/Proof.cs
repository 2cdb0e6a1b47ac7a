namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>What a caller showed.</summary>
internal enum Proof
{
    Nothing,
    Token,
    Certificate,
    OperatorToken,
}
