namespace Atoll.Coordinator.Hosting;

/// <summary>A request that the endpoints turn down, before the run hears of it.</summary>
/// <param name="status">Of HTTP.</param>
/// <param name="code">For programs.</param>
/// <param name="message">What, what it must be, what it was.</param>
internal sealed class RequestRefusedException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Whether the ledger is to have the reason: it is a sign of a broken or hostile sender, not of a slow network.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The body that was refused, where it was one.</summary>
    public Ledger.Merkle.Digest? Body { get; init; }
}
