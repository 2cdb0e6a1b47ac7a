namespace Atoll.Benchmarks.Load;

/// <summary>What a load took.</summary>
internal sealed record LoadOutcome
{
    public required int Sites { get; init; }

    /// <summary>What the round began from.</summary>
    public required LoadModel Model { get; init; }

    public required int UpdateBytes { get; init; }

    /// <summary>Open to the coordinator in the moment before all began to send.</summary>
    public required int Connections { get; init; }

    /// <summary>Of the coordinator's process, before any site came.</summary>
    public required long IdleBytes { get; init; }

    /// <summary>The most that the coordinator's process ever held.</summary>
    public required long PeakBytes { get; init; }

    public required double EnrolSeconds { get; init; }

    /// <summary>From the last enrolment until every site has its task.</summary>
    public required double PrepareSeconds { get; init; }

    /// <summary>Until every site has the model.</summary>
    public required double FetchSeconds { get; init; }

    /// <summary>From the first byte of an update to the last answer that one counts.</summary>
    public required double SendSeconds { get; init; }

    /// <summary>Averaging, evaluation, and the end.</summary>
    public required double FinishSeconds { get; init; }

    /// <summary>Processor time of the coordinator while updates came.</summary>
    public required double CoordinatorSeconds { get; init; }

    /// <summary>The same of this process, which is all sites.</summary>
    public required double OwnSeconds { get; init; }

    /// <summary>Requests that had to be made again.</summary>
    public required int Again { get; init; }

    public long AboveIdleBytes => PeakBytes - IdleBytes;

    public double SentBytes => (double)Sites * UpdateBytes;
}
