using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>Which HTTP status a run's refusal gets. What is not named here is a conflict with how the run stands.</summary>
internal static class RefusalStatus
{
    public static int Of(string code) => code switch
    {
        "malformed" or "wrong-shape" or "not-finite" or "wrong-signature" => StatusCodes.Status400BadRequest,
        "not-invited" or "not-enrolled" or "wrong-site" or "other-key" or "wrong-key" or "lost" => StatusCodes.Status403Forbidden,
        "not-found" => StatusCodes.Status404NotFound,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        _ when code.StartsWith("unknown-", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };
}
