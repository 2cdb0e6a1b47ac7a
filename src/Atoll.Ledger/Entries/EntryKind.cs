using System.Collections.Frozen;

namespace Atoll.Ledger.Entries;

/// <summary>What entries are about. A ledger may hold other kinds too; these are the ones whose fields and order a verifier knows.</summary>
/// <remarks>Their fields are the records of this folder, and docs/ledger.md; an entry may have more.</remarks>
public static class EntryKind
{
    public const string RunCreated = "run-created";
    public const string SiteEnrolled = "site-enrolled";
    public const string SiteLost = "site-lost";
    public const string SiteReturned = "site-returned";
    public const string EnrolmentClosed = "enrolment-closed";
    public const string SitePrepared = "site-prepared";
    public const string TrainingBegun = "training-begun";
    public const string RoundOpened = "round-opened";
    public const string ModelPublished = "model-published";
    public const string TaskTaken = "task-taken";
    public const string UpdateReceived = "update-received";
    public const string UpdateRejected = "update-rejected";
    public const string TaskFailed = "task-failed";
    public const string RoundAggregated = "round-aggregated";
    public const string RoundAbandoned = "round-abandoned";
    public const string MeterReading = "meter-reading";
    public const string Evaluation = "evaluation";
    public const string ArmFinished = "arm-finished";
    public const string RunFinished = "run-finished";
    public const string RunAborted = "run-aborted";
    public const string TreeHead = "tree-head";

    public static IReadOnlyList<string> All { get; } =
    [
        RunCreated, SiteEnrolled, SiteLost, SiteReturned, EnrolmentClosed, SitePrepared, TrainingBegun, RoundOpened, ModelPublished, TaskTaken, UpdateReceived, UpdateRejected,
        TaskFailed, RoundAggregated, RoundAbandoned, MeterReading, Evaluation, ArmFinished, RunFinished, RunAborted, TreeHead,
    ];

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known = All.ToFrozenDictionary(kind => kind).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The one string of a kind that is known, so that a million entries share it.</summary>
    internal static string Shared(ReadOnlySpan<byte> kind)
    {
        Span<char> text = stackalloc char[LedgerEntry.MaxKindLength];
        int length = System.Text.Encoding.UTF8.GetChars(kind, text);
        return Known.TryGetValue(text[..length], out string? shared) ? shared : new string(text[..length]);
    }
}
