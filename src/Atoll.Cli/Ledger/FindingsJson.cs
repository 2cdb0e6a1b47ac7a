using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Ledger;

/// <summary>A verification for programs.</summary>
/// <param name="Verifies">What the exit code says: nothing is wrong, and the run is over, unless an unfinished one is accepted.</param>
/// <param name="ResultProven">Whether experiment, models and result in the run's folder are those of the ledger; null of a ledger alone.</param>
/// <param name="Files">What was held against the ledger in the run's folder, and what was not; null of a ledger alone, and where the ledger does not verify.</param>
/// <param name="End">open, finished, aborted.</param>
/// <param name="SignedEntries">How many the last tree head covers.</param>
internal sealed record Findings(bool Verifies, string? Run, string? Key, string End, bool IsComplete, long Entries, long SignedEntries, string Root, long TreeHeads, int Sites, int SitesWithoutKey,
    long SiteSignatures, long RoundsOpened, long RoundsAggregated, long RoundsAbandoned, long UpdatesReceived, long UpdatesCounted, long UpdatesAbandoned,
    IReadOnlyDictionary<string, long> Kinds, int TornBytes, long? ProblemEntry, string? ProblemReason,
    bool? ResultProven, IReadOnlyList<FileFinding>? Files);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(Findings))]
internal sealed partial class FindingsJson : JsonSerializerContext
{
    public static void Write(TextWriter output, VerificationResult r, FolderFindings? files, bool verifies)
    {
        string end = r.End switch { LedgerEnd.Finished => "finished", LedgerEnd.Aborted => "aborted", _ => "open" };
        Findings findings = new(verifies, r.Run, r.Key?.Fingerprint, end, r.IsComplete, r.Entries, r.Head?.Size ?? 0, r.Root.ToString(), r.TreeHeads, r.Sites, r.SitesWithoutKey,
            r.SiteSignatures, r.RoundsOpened, r.RoundsAggregated, r.RoundsAbandoned, r.UpdatesReceived, r.UpdatesCounted, r.UpdatesAbandoned, r.Kinds, r.TornBytes, r.Problem?.Entry, r.Problem?.Reason,
            files?.IsProven, files?.Files);
        output.WriteLine(JsonSerializer.Serialize(findings, Default.Findings));
    }
}
