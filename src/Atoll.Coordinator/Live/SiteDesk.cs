using System.Text.Json;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>Takes in what sites say beside their updates: that they join, how many rows they have, how good a model is there, what training took.</summary>
internal sealed class SiteDesk(RunLog log, Scratch scratch)
{
    /// <summary>What one training may be metered by: processor, memory and several accelerators. More would only fill the ledger.</summary>
    private const int ReadingsPerTask = 32;

    private readonly JoinedSummaries _joined = new(log.Request.Experiment);
    private readonly SemaphoreSlim[] _turns = [.. log.Request.Sites.Select(_ => new SemaphoreSlim(1))];
    private readonly TaskCompletionSource _enrolled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _enrolling;
    private bool _isClosed;

    /// <summary>What the sites that enrolled tell of their tables; null before the first.</summary>
    public JoinedTables? Joined => _joined.Tables;

    public Task<long> EnrolAsync(EnrolmentRequest request) => log.Record.IndexOf(request.Site) is { } site ? InTurnAsync(site, () => EnrolAsync(site, request))
        : throw new RefusedException("unknown-site", $"A site must be one of those that the run expects, but '{request.Site}' is none.");

    public Task PrepareAsync(int site, PreparationMessage message) => InTurnAsync(site, () => TakeAsync(site, message));

    public Task EvaluateAsync(int site, EvaluationMessage message) => InTurnAsync(site, () => TakeAsync(site, message));

    public Task ReadAsync(int site, ReadingMessage message) => InTurnAsync(site, () => TakeAsync(site, message));

    /// <summary>Remembers what the sites that enrolled before this start told of their tables.</summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        foreach (SiteRecord site in log.Record.Sites.Where(site => site.Enrolled is not null).OrderBy(site => site.Enrolled))
        {
            IReadOnlyDictionary<string, TableSummary> summaries = await scratch.ReadSummariesAsync(site, cancellation);
            try
            {
                _joined.Add(site.Name, summaries);
            }
            catch (DataException)
            {
                // An earlier version let it in; when the enrolment is over, the run says so.
            }
        }
    }

    /// <summary>Lets nobody in any more, and waits for those that are coming in.</summary>
    public Task CloseEnrolmentAsync()
    {
        lock (log.Gate)
        {
            _isClosed = true;
            return _enrolling == 0 ? Task.CompletedTask : _enrolled.Task;
        }
    }

    private async Task<long> EnrolAsync(int site, EnrolmentRequest request)
    {
        lock (log.Gate)
        {
            if (log.Record.Sites[site] is { Enrolled: { } entry, Key: { } key })
            {
                return key.Equals(request.Key) ? entry : throw new RefusedException("other-key", $"{request.Site} has enrolled already, with another key.");
            }
            if (log.State.Phase != RunPhase.Enrolling || _isClosed)
            {
                throw new RefusedException("enrolment-over", $"{request.Site} must enrol before the enrolment is over: {log.State.Reason}");
            }
            _enrolling++;
        }
        try
        {
            return await LetInAsync(site, request);
        }
        finally
        {
            lock (log.Gate)
            {
                if (--_enrolling == 0 && _isClosed)
                {
                    _enrolled.TrySetResult();
                }
            }
        }
    }

    private async Task<long> LetInAsync(int site, EnrolmentRequest request)
    {
        string[] lacking = [.. log.Arms.Keys.Where(arm => !request.Summaries.ContainsKey(arm))];
        if (lacking.Length > 0)
        {
            throw new RefusedException("malformed", $"An enrolment must tell of the columns for every federated arm, but {request.Site}'s does not for {string.Join(", ", lacking)}.");
        }
        if (SiteSaid.WhyNot(request) is { } reason)
        {
            throw new RefusedException("malformed", reason);
        }
        Require(SiteWords.WhyNot(EntryKind.SiteEnrolled, request.Site, request.Key, request.Signed, nonce => SiteStatement.Of(request.Key, log.Request.Run, request.Site, nonce)));
        try
        {
            _joined.Add(request.Site, request.Summaries);
        }
        catch (DataException unfit)
        {
            throw new RefusedException(RefusedException.Unfit, $"{unfit.Message} {request.Site} is not enrolled; once its data is right, it can join with the same token.");
        }
        Digest summaries = await scratch.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(request.Summaries, RecordJson.Default.IReadOnlyDictionaryStringTableSummary));
        LedgerEntry enrolled = await log.AppendAsync(new SiteEnrolled
        {
            Site = request.Site,
            Key = request.Key,
            Client = request.Client,
            Summaries = summaries,
            Declares = request.Declares is { } declared ? JsonSerializer.SerializeToElement(declared, RecordJson.Default.SiteDeclaration) : null,
            Signed = request.Signed,
        });
        log.Presence.See(site);
        return enrolled.Index;
    }

    private async Task<bool> TakeAsync(int site, PreparationMessage message)
    {
        SiteRecord record = log.Record.Sites[site];
        lock (log.Gate)
        {
            if (record.Prepared is not null)
            {
                return true;
            }
            if (log.State.Phase != RunPhase.Preparing || !log.State.Sites[site].Enrolled)
            {
                throw new RefusedException("not-asked", $"{record.Name} was not asked to prepare its rows, or too long ago: {log.State.Reason}");
            }
        }
        if (SiteSaid.WhyNot(message, log.Schemas!) is { } reason)
        {
            throw new RefusedException("malformed", reason);
        }
        foreach (string arm in log.Arms.Keys)
        {
            if (!message.Arms.TryGetValue(arm, out PreparedRows? rows) || rows.TrainRows < 1)
            {
                throw new RefusedException("no-rows", $"A site needs at least one training row for every federated arm, but {record.Name} has none for {arm}.");
            }
        }
        Require(SiteWords.WhyNot(EntryKind.SitePrepared, record.Name, record.Key!, message.Signed, nonce => SiteStatement.Of(message, log.Request.Run, record.Name, nonce)));
        using IDisposable claimed = ClaimNonce(site, message.Signed);
        await log.AppendAsync(new SitePrepared
        {
            Site = record.Name,
            Arms = JsonSerializer.SerializeToElement(message.Arms, RecordJson.Default.IReadOnlyDictionaryStringPreparedRows),
            Signed = message.Signed,
        });
        return true;
    }

    private async Task<bool> TakeAsync(int site, EvaluationMessage message)
    {
        SiteRecord record = log.Record.Sites[site];
        lock (log.Gate)
        {
            ArmRecord arm = log.Record.Arm(message.Arm) ?? throw new RefusedException("unknown-arm", $"An evaluation must be of an arm of this run, but '{message.Arm}' is none.");
            DoneRound? round = arm.Done.Find(done => done.Number == message.Round);
            if (SiteSaid.WhyNot(message) is { } reason)
            {
                throw new RefusedException("malformed", reason);
            }
            if (round is null || round.Model != message.Model)
            {
                throw new RefusedException("wrong-model", $"Round {message.Round} of {message.Arm} must have ended in the model that is evaluated, but {(round is null ? "it has not ended" : $"that is {round.Model}")} (was {message.Model}).");
            }
            if (record.Prepared?.GetValueOrDefault(message.Arm)?.TestRows is var rows && rows != message.TestRows)
            {
                throw new RefusedException("wrong-rows", $"An evaluation must be on the {rows} test rows that {record.Name} prepared (was {message.TestRows}).");
            }
            if (arm.Findings.GetValueOrDefault(message.Round)?.ContainsKey(site) == true)
            {
                return true; // an answer that got lost, sent again
            }
        }
        Require(SiteWords.WhyNot(EntryKind.Evaluation, record.Name, record.Key!, message.Signed, nonce => SiteStatement.Of(message, log.Request.Run, record.Name, nonce)));
        if (IsRepeated(site, message.Signed))
        {
            return true;
        }
        using IDisposable claimed = ClaimNonce(site, message.Signed);
        await log.AppendAsync(new Evaluation
        {
            Arm = message.Arm,
            Round = message.Round,
            Site = record.Name,
            Model = message.Model,
            TestRows = message.TestRows,
            Metrics = message.Metrics.Where(metric => metric.Value is not null).ToDictionary(metric => metric.Key, metric => metric.Value!.Value),
            Loss = message.Loss,
            Signed = message.Signed,
        });
        return true;
    }

    private async Task<bool> TakeAsync(int site, ReadingMessage message)
    {
        SiteRecord record = log.Record.Sites[site];
        if (log.Record.Arm(message.Arm) is null || message.Basis is not ("measured" or "modelled" or "assumed"))
        {
            throw new RefusedException("malformed", $"A reading must be of an arm of this run, and measured, modelled or assumed (was {message.Basis}, of {message.Arm}).");
        }
        if (SiteSaid.WhyNot(message, log.Arms[message.Arm].Rounds) is { } reason)
        {
            throw new RefusedException("malformed", reason);
        }
        Require(SiteWords.WhyNot(EntryKind.MeterReading, record.Name, record.Key!, message.Signed, nonce => SiteStatement.Of(message, log.Request.Run, record.Name, nonce)));
        if (IsRepeated(site, message.Signed))
        {
            return true;
        }
        lock (log.Gate)
        {
            if (record.Readings >= ReadingsPerTask * (long)record.Tasks)
            {
                throw new RefusedException("too-many", $"A site may send at most {ReadingsPerTask} readings for each task that it takes, but {record.Name} has sent {record.Readings} for {record.Tasks}.");
            }
        }
        using IDisposable claimed = ClaimNonce(site, message.Signed);
        await log.AppendAsync(new MeterReading
        {
            Site = record.Name,
            Arm = message.Arm,
            Round = message.Round,
            EnergyJoules = message.EnergyJoules,
            Basis = message.Basis,
            Meter = message.Meter,
            Signed = message.Signed,
        });
        return true;
    }

    /// <summary>Whether these very words are in the ledger: an answer got lost, and the site sent them again.</summary>
    private bool IsRepeated(int site, SignedStatement signed)
    {
        lock (log.Gate)
        {
            return log.Record.Knows(log.Request.Sites[site], SiteStatement.NonceOf(signed)!, signed.Signature) switch
            {
                null => false,
                true => true,
                false => throw Replay(site),
            };
        }
    }

    private IDisposable ClaimNonce(int site, SignedStatement signed) => log.ClaimNonce(site, signed) ?? throw Replay(site);

    private RefusedException Replay(int site) => new("replay", $"{log.Request.Sites[site]} used this nonce before, for other words.");

    private static void Require(string? problem)
    {
        if (problem is not null)
        {
            throw new RefusedException("wrong-signature", problem);
        }
    }

    /// <summary>A site's words one after the other, so that the same that come twice at once are recorded once.</summary>
    private async Task<T> InTurnAsync<T>(int site, Func<Task<T>> take)
    {
        await _turns[site].WaitAsync();
        try
        {
            return await take();
        }
        finally
        {
            _turns[site].Release();
        }
    }
}
