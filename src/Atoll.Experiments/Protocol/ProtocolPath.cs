namespace Atoll.Experiments.Protocol;

/// <summary>Where the coordinator answers. <c>docs/protocol.md</c> says what.</summary>
/// <remarks>
/// A site shows its token, until it has a certificate, as <c>Authorization: Bearer SECRET</c>, where SECRET is <see cref="JoinToken.Secret"/>; an operator shows the
/// operator token in the same way. An upload's <c>HEAD</c>, and every answer to its <c>PUT</c>, say in <c>Upload-Offset</c> how many bytes are there.
/// </remarks>
public static class ProtocolPath
{
    /// <summary>The certificate of the run's authority, PEM; asked for once, without a secret and before anything is believed: its hash is <see cref="JoinToken.Authority"/>.</summary>
    public const string Authority = "/v1/authority";
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
