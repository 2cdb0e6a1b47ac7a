using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting.Telemetry;

/// <summary>What a coordinator's endpoints log. No message has a secret, a token or a header in it.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Answering on {Address} for run {Run}.")]
    public static partial void Answering(this ILogger log, string address, string run);

    [LoggerMessage(2, LogLevel.Information, "Site {Site} enrolled with key {Fingerprint} (entry {Entry}).")]
    public static partial void Enrolled(this ILogger log, string site, string fingerprint, long entry);

    [LoggerMessage(3, LogLevel.Warning, "Refused {Method} {Path} of {Caller} with {Status} {Code}: {Reason}")]
    public static partial void Refused(this ILogger log, string method, string path, string caller, int status, string code, string reason);

    [LoggerMessage(4, LogLevel.Information, "Upload {Body} of {Site} broke off after {Bytes} bytes: {Reason}")]
    public static partial void BrokeOff(this ILogger log, string body, string site, long bytes, string reason);

    [LoggerMessage(5, LogLevel.Debug, "Upload {Body} of {Site} is at {Bytes} of {Total} bytes.")]
    public static partial void Uploaded(this ILogger log, string body, string site, long bytes, long total);

    [LoggerMessage(6, LogLevel.Information, "Update {Body} of {Site} for task {Task}: {Reason}")]
    public static partial void Answered(this ILogger log, string body, string site, long task, string reason);

    [LoggerMessage(7, LogLevel.Error, "A fault while answering {Method} {Path}.")]
    public static partial void Fault(this ILogger log, Exception fault, string method, string path);

    [LoggerMessage(8, LogLevel.Warning, "The operator aborted the run: {Reason}")]
    public static partial void Aborted(this ILogger log, string reason);

    [LoggerMessage(9, LogLevel.Warning, "A refusal could not be recorded in the ledger: {Reason}")]
    public static partial void NotRecorded(this ILogger log, string reason);
}
