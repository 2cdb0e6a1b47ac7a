namespace Atoll.Experiments.Protocol;

/// <summary>Where the coordinator answers. <c>docs/protocol.md</c> says what.</summary>
public static class ProtocolPath
{
    public const string Run = "/v1/run";
    public const string Enrolments = "/v1/enrolments";
    public const string Work = "/v1/work";
    public const string Preparations = "/v1/preparations";
    public const string Models = "/v1/models";
    public const string Uploads = "/v1/uploads";
    public const string Updates = "/v1/updates";
    public const string Failures = "/v1/failures";
    public const string Evaluations = "/v1/evaluations";
    public const string Readings = "/v1/readings";
    public const string Progress = "/v1/progress";
    public const string Head = "/v1/head";
    public const string Ledger = "/v1/ledger";
    public const string Status = "/v1/status";
    public const string Events = "/v1/events";
    public const string Abort = "/v1/abort";
}
