using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>Who makes a request.</summary>
internal sealed class Caller
{
    public Proof Proof { get; init; }

    /// <summary>The site, where the proof is a site's.</summary>
    public string? Site { get; init; }

    /// <summary>The token has expired: it opens nothing any more, but answers a repeated enrolment.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Why what was shown proves nothing; said only where proof is asked for.</summary>
    public RequestRefusedException? Refusal { get; init; }

    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();

    /// <summary>The site that made a request with its certificate.</summary>
    /// <exception cref="RequestRefusedException">Somebody else did.</exception>
    public string RequireCertificate() => Proof == Proof.Certificate ? Site! : throw Refusal
        ?? new(StatusCodes.Status401Unauthorized, "no-certificate", "This request must be made with the certificate that the site got when it enrolled, but there was none.");

    /// <summary>The site that made a request with its certificate, or with a token that has not expired.</summary>
    /// <exception cref="RequestRefusedException">Somebody else did.</exception>
    public string RequireSite() => Proof switch
    {
        Proof.Token when IsExpired => throw new RequestRefusedException(StatusCodes.Status403Forbidden, "token-expired",
            $"The token of {Site} must be used before it expires, but it has expired. `atoll serve` prints a new one when it is started again.") { IsRecorded = true },
        Proof.Token or Proof.Certificate => Site!,
        _ => throw Refusal ?? new(StatusCodes.Status401Unauthorized, "no-token", "This request must be made with a site's token or certificate, but there was neither."),
    };

    /// <exception cref="RequestRefusedException">The caller is not the operator.</exception>
    public void RequireOperator()
    {
        if (Proof != Proof.OperatorToken)
        {
            throw Refusal ?? new(StatusCodes.Status401Unauthorized, "no-operator", "This request changes the run and must be made with the operator token, but was not.");
        }
    }
}
