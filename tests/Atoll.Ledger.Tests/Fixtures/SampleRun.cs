using System.Text;
using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Ledger.Tests.Fixtures;

/// <summary>A small run: its keys, and its ledger as bytes.</summary>
internal sealed class SampleRun : IDisposable
{
    public static readonly Digest AHash = Digest.Of("a"u8);

    public SampleRun(string name = "demo") => Name = name;

    public string Name { get; }

    public SigningKey Coordinator { get; } = SigningKey.Create();

    public SigningKey Site { get; } = SigningKey.Create();

    public RunCreated Created => new() { Run = Name, Key = Coordinator.PublicKey, Experiment = AHash };

    public SiteEnrolled Enrolled => new()
    {
        Site = "berlin",
        Key = Site.PublicKey,
        Signed = Say(EntryKind.SiteEnrolled, $$"""{"run":"{{Name}}","site":"berlin","nonce":"hello","key":"{{Site.PublicKey}}"}"""),
    };

    public UpdateReceived Update(long round, string nonce, string? arm = null) => new()
    {
        Site = "berlin",
        Arm = arm,
        Round = round,
        Update = AHash,
        Rows = 12,
        Signed = Say(EntryKind.UpdateReceived, $$"""{"run":"{{Name}}","site":"berlin","nonce":"{{nonce}}","update":"{{AHash}}","rows":12}"""),
    };

    public SignedStatement Say(string kind, string json, string author = "berlin", SigningKey? key = null) => SignedStatement.Of(kind, author, Json(json), key ?? Site);

    /// <summary>Eight entries, finished, with two signatures of a site and two tree heads.</summary>
    public async Task<byte[]> Short()
    {
        MemoryLedger store = new();
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, Coordinator, new Clock());
        await writer.AppendAsync(Created);
        await writer.AppendAsync(Enrolled);
        await writer.AppendAsync(new RoundOpened { Round = 0, Sites = ["berlin"] });
        LedgerEntry update = await writer.AppendAsync(Update(0, "first"));
        await writer.AppendHeadAsync();
        await writer.AppendAsync(new RoundAggregated { Round = 0, Updates = [update.Index], Model = AHash });
        await writer.AppendAsync(new RunFinished { });
        return store.File().ToArray();
    }

    /// <summary>Several rounds of three sites, one of them without a key, with every kind of entry.</summary>
    public async Task<byte[]> Long(int rounds = 3)
    {
        MemoryLedger store = new();
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, Coordinator, new Clock());
        await writer.AppendAsync(Created);
        await writer.AppendAsync(Enrolled);
        await writer.AppendAsync(new SiteEnrolled { Site = "virtual" });
        for (int round = 0; round < rounds; round++)
        {
            await writer.AppendAsync(new RoundOpened { Round = round });
            await writer.AppendAsync(new ModelPublished { Round = round, Model = AHash, Bytes = 4096 });
            LedgerEntry task = await writer.AppendAsync(new TaskTaken { Site = "virtual", Round = round, Model = AHash });
            LedgerEntry one = await writer.AppendAsync(Update(round, $"update-{round}"));
            LedgerEntry two = await writer.AppendAsync(new UpdateReceived { Site = "virtual", Round = round, Update = AHash, Task = task.Index });
            await writer.AppendAsync(new UpdateRejected { Site = "virtual", Round = round, Reason = "It came twice." });
            await writer.AppendAsync(new MeterReading
            {
                Site = "berlin",
                Round = round,
                EnergyJoules = 12.5,
                Basis = "measured",
                Signed = Say(EntryKind.MeterReading, $$"""{"run":"{{Name}}","site":"berlin","nonce":"meter-{{round}}","energyJoules":12.5}"""),
            });
            await writer.AppendAsync(new RoundAggregated { Round = round, Updates = [one.Index, two.Index], Model = AHash });
            await writer.AppendAsync(new Evaluation { Round = round, Metrics = new Dictionary<string, double> { ["accuracy"] = 0.5 + 0.1 * round } });
            await writer.AppendHeadAsync();
        }
        await writer.AppendAsync(new SiteLost { Site = "virtual", Reason = "It did not answer for 60 s." });
        await writer.AppendAsync(new SiteReturned { Site = "virtual" });
        await writer.AppendAsync(new RoundOpened { Round = rounds });
        await writer.AppendAsync(new RoundAbandoned { Round = rounds, Reason = "Too few sites." });
        await writer.AppendAsync(EntryDraft.Of(new RunFinished { }) with { Kind = "note-to-readers" });
        await writer.AppendAsync(new RunFinished { Models = new Dictionary<string, Digest> { ["fedavg"] = AHash } });
        return store.File().ToArray();
    }

    public static JsonElement Json(string json) => JsonElement.Parse(Encoding.UTF8.GetBytes(json));

    public void Dispose()
    {
        Coordinator.Dispose();
        Site.Dispose();
    }
}
