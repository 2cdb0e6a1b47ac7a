using System.Text;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Tests.Fixtures;
using Atoll.Ledger.Verification;

namespace Atoll.Ledger.Tests.Verification;

/// <summary>Whatever is done to a finished ledger is noticed. Exhaustive, on ledgers small enough for it.</summary>
public sealed class TamperingTests : IAsyncLifetime, IDisposable
{
    private readonly SampleRun _run = new();
    private byte[] _short = [], _long = [];

    public async Task InitializeAsync() => (_short, _long) = (await _run.Short(), await _run.Long());

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Untouched_they_verify()
    {
        Lines.Verify(_short).ShouldSatisfyAllConditions(v => v.Problem.ShouldBeNull(), v => v.IsComplete.ShouldBeTrue(), v => v.Entries.ShouldBe(8), v => v.SiteSignatures.ShouldBe(2), v => v.TreeHeads.ShouldBe(2));
        Lines.Verify(_long).ShouldSatisfyAllConditions(v => v.Problem.ShouldBeNull(), v => v.IsComplete.ShouldBeTrue(), v => v.UpdatesCounted.ShouldBe(6), v => v.SitesWithoutKey.ShouldBe(1));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        int missed = 0;
        Parallel.For(0, _short.Length, at =>
        {
            byte[] changed = [.. _short];
            for (int bit = 0; bit < 8; bit++)
            {
                changed[at] = (byte)(_short[at] ^ (1 << bit));
                if (Lines.Verify(changed).IsComplete)
                {
                    Interlocked.Increment(ref missed);
                }
            }
        });
        missed.ShouldBe(0);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        for (int length = 0; length < _short.Length; length++)
        {
            Lines.Verify(_short[..length]).IsComplete.ShouldBeFalse($"cut to {length} of {_short.Length} bytes");
        }
    }

    [Fact]
    public void A_truncation_between_lines_looks_like_a_run_that_goes_on_and_says_up_to_where()
    {
        byte[][] lines = Lines.Of(_long);
        for (int kept = 1; kept < lines.Length; kept++)
        {
            VerificationResult result = Lines.Verify(Lines.Join(lines.Take(kept)));
            (result.Problem, result.IsComplete, result.Entries).ShouldBe((null, false, kept));
        }
    }

    [Fact]
    public void A_witness_notices_every_truncation_before_what_it_saw()
    {
        byte[][] lines = Lines.Of(_long);
        KeptHead kept = new(_run.Coordinator.PublicKey, Lines.Verify(_long).Head!);

        Lines.Verify(_long, kept).Problem.ShouldBeNull();
        for (int left = 1; left < lines.Length - 1; left++)
        {
            Lines.Verify(Lines.Join(lines.Take(left)), kept).Problem!.Reason.ShouldContain("its end was cut off");
        }
    }

    [Fact]
    public void Every_line_that_is_left_out_is_noticed()
    {
        byte[][] lines = Lines.Of(_long);
        for (int i = 0; i < lines.Length - 1; i++)
        {
            Lines.Verify(Lines.Join([.. lines[..i], .. lines[(i + 1)..]])).Problem!.Entry.ShouldBe(i);
        }
    }

    [Fact]
    public void Every_swap_of_two_lines_is_noticed()
    {
        byte[][] lines = Lines.Of(_long);
        for (int i = 0; i < lines.Length; i++)
        {
            for (int j = i + 1; j < lines.Length; j++)
            {
                byte[][] swapped = [.. lines];
                (swapped[i], swapped[j]) = (lines[j], lines[i]);
                Lines.Verify(Lines.Join(swapped)).Problem!.Entry.ShouldBe(i);
            }
        }
    }

    [Fact]
    public void Every_line_that_is_said_again_is_noticed_wherever()
    {
        byte[][] lines = Lines.Of(_short);
        for (int i = 0; i < lines.Length; i++)
        {
            for (int at = 0; at <= lines.Length; at++)
            {
                Lines.Verify(Lines.Join([.. lines[..at], lines[i], .. lines[at..]])).Problem.ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public async Task Every_line_of_another_run_is_noticed_even_with_the_same_keys()
    {
        byte[][] lines = Lines.Of(_short), others = Lines.Of(await Another());
        for (int i = 0; i < lines.Length; i++)
        {
            Lines.Verify(Lines.Join([.. lines[..i], others[i], .. lines[(i + 1)..]])).IsComplete.ShouldBeFalse($"line {i} is another run's");
            Lines.Verify(Lines.Join([.. lines[..i], .. others[i..]])).IsComplete.ShouldBe(i == 0, $"from line {i} on another run's");
        }
    }

    /// <summary>Who may write the file, but has no key: changes one entry and makes every index, hash and root anew.</summary>
    [Theory]
    [InlineData("\"rows\":12", "\"rows\":99")]
    [InlineData("\"round\":1", "\"round\":7")]
    [InlineData("0.6", "0.9")]
    [InlineData("It came twice.", "It was late.")]
    [InlineData("12:00:05", "12:00:04")]
    public void A_forgery_that_is_chained_anew_is_noticed(string was, string forged)
    {
        string[] lines = Encoding.UTF8.GetString(_long).Replace(was, forged, StringComparison.Ordinal).Split('\n')[..^1];
        Encoding.UTF8.GetString(_long).ShouldContain(was);

        Lines.Verify(Rechained(lines, head => head)).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void A_forgery_that_signs_with_another_key_is_noticed()
    {
        using SigningKey forger = SigningKey.Create();
        string[] lines = Encoding.UTF8.GetString(_long).Replace("0.6", "0.9", StringComparison.Ordinal).Split('\n')[..^1];

        byte[] forged = Rechained(lines, head => SignedTreeHead.Sign(head.Run, head.Size, head.Root, DateTimeOffset.Parse(head.Time, System.Globalization.CultureInfo.InvariantCulture), forger));

        Lines.Verify(forged).Problem!.Reason.ShouldBe("the coordinator's signature: the signature is not of this key and statement");
    }

    /// <summary>With keys of the forger's own from the first entry on, nothing in the file is wrong: it is another ledger. Who kept a head, or the key, is not fooled.</summary>
    [Fact]
    public async Task A_ledger_that_is_forged_as_a_whole_is_noticed_by_a_witness()
    {
        using SampleRun forger = new();
        byte[] forged = await forger.Long();
        KeptHead kept = new(_run.Coordinator.PublicKey, Lines.Verify(_long).Head!);

        Lines.Verify(forged).IsComplete.ShouldBeTrue();
        Lines.Verify(forged, kept).Problem!.Reason.ShouldContain("must be the one that the witness knows");
    }

    [Fact]
    public async Task A_coordinator_that_rewrites_its_own_history_is_noticed_by_a_witness()
    {
        byte[] rewritten = await _run.Long(rounds: 4);
        KeptHead kept = new(_run.Coordinator.PublicKey, Lines.Verify(_long).Head!);

        Lines.Verify(rewritten).IsComplete.ShouldBeTrue();
        Lines.Verify(rewritten, kept).Problem!.Reason.ShouldContain("the witness saw another history");
    }

    private async Task<byte[]> Another()
    {
        MemoryLedger store = new();
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, _run.Coordinator, new Clock { Step = TimeSpan.FromSeconds(2) });
        await writer.AppendAsync(_run.Created);
        await writer.AppendAsync(_run.Enrolled);
        await writer.AppendAsync(new RoundOpened { Round = 0, Sites = ["berlin"] });
        LedgerEntry update = await writer.AppendAsync(_run.Update(0, "first"));
        await writer.AppendHeadAsync();
        await writer.AppendAsync(new RoundAggregated { Round = 0, Updates = [update.Index], Model = SampleRun.AHash });
        await writer.AppendAsync(new RunFinished { });
        return store.File().ToArray();
    }

    private static byte[] Rechained(string[] lines, Func<SignedTreeHead, SignedTreeHead> sign)
    {
        MerkleFrontier tree = new();
        List<byte> forged = [];
        Digest previous = default;
        foreach ((int index, string line) in lines.Index())
        {
            LedgerEntry was = LedgerEntry.Parse(Encoding.UTF8.GetBytes(line));
            EntryDraft draft = was.Kind == EntryKind.TreeHead ? EntryDraft.Of(sign(was.Read<SignedTreeHead>() with { Size = index, Root = tree.Root })) : new(was.Kind, was.Data);
            LedgerEntry entry = LedgerEntry.Create(index, was.Time, draft, previous);
            tree.Append(entry.Hash);
            previous = entry.Hash;
            forged.AddRange([.. entry.Line.Span, (byte)'\n']);
        }
        return [.. forged];
    }
}
