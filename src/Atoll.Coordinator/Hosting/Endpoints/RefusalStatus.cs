using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>Which HTTP status a run's refusal gets. What is not named here is a conflict with how the run stands.</summary>
internal static class RefusalStatus
{
    public static int Of(string code) => code switch
    {
        "malformed" or "wrong-signature" or "bad-size" => StatusCodes.Status400BadRequest,
        "not-enrolled" or "other-key" or "enrolment-over" => StatusCodes.Status403Forbidden,
        "busy" => StatusCodes.Status503ServiceUnavailable,
        "not-found" => StatusCodes.Status404NotFound,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        _ when code.StartsWith("unknown-", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };
}
