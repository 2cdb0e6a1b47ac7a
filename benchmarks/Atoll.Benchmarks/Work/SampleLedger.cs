using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Work;

/// <summary>The ledger of a run of ten sites: each round ten tasks, ten updates and their aggregation.</summary>
internal static class SampleLedger
{
    private const int Sites = 10;

    /// <param name="isSigned">Whether sites have keys and sign their updates.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Make(int rounds, bool isSigned) => MakeAsync(rounds, isSigned).GetAwaiter().GetResult();

    private static async Task<byte[]> MakeAsync(int rounds, bool isSigned)
    {
        string folder = Directory.CreateTempSubdirectory("atoll-bench-").FullName, path = Path.Combine(folder, FileLedger.FileName);
        try
        {
            using SigningKey coordinator = SigningKey.Create();
            SigningKey[] keys = [.. Enumerable.Range(0, Sites).Select(_ => SigningKey.Create())];
            await using (FileLedger file = await FileLedger.OpenAsync(path))
            {
                await using LedgerWriter writer = await LedgerWriter.OpenAsync(file, coordinator, TimeProvider.System);
                await writer.AppendAsync(new RunCreated { Run = "bench", Key = coordinator.PublicKey });
                await Task.WhenAll(keys.Select((key, i) => writer.AppendAsync(new SiteEnrolled { Site = Name(i), Key = isSigned ? key.PublicKey : null })));
                for (int round = 0; round < rounds; round++)
                {
                    await RoundAsync(writer, round, isSigned ? keys : null);
                }
                await writer.AppendAsync(new RunFinished());
            }
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RoundAsync(LedgerWriter writer, int round, SigningKey[]? keys)
    {
        Digest hash = Digest.Of(BitConverter.GetBytes(round));
        Task opened = writer.AppendAsync(new RoundOpened { Round = round });
        LedgerEntry[] tasks = await Task.WhenAll(Enumerable.Range(0, Sites).Select(i => writer.AppendAsync(new TaskTaken { Site = Name(i), Round = round, Model = hash })));
        await opened;
        LedgerEntry[] updates = await Task.WhenAll(tasks.Select((task, i) => writer.AppendAsync(new UpdateReceived
        {
            Site = Name(i),
            Round = round,
            Task = task.Index,
            Update = hash,
            Bytes = 4_000_000,
            Rows = 600,
            Signed = keys is null ? null : SignedStatement.Of(EntryKind.UpdateReceived, Name(i),
                System.Text.Json.JsonElement.Parse($$"""{"run":"bench","site":"{{Name(i)}}","nonce":"{{round}}","update":"{{hash}}","rows":600}"""), keys[i]),
        })));
        await writer.AppendAsync(new RoundAggregated { Round = round, Updates = [.. updates.Select(u => u.Index)], Model = hash });
    }

    private static string Name(int i) => $"site-{i:00}";
}
