using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>Control messages: JSON in UTF-8, strict, small.</summary>
internal static class StrictBody
{
    public const string Json = "application/json";

    /// <exception cref="RequestRefusedException">The body is of another type, too large, or not what the endpoint takes.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int limitBytes)
    {
        HttpRequest request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? media) || !media.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || (media.Charset.HasValue && !media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "unsupported-type", $"A message must be {Json} in UTF-8 (was '{request.ContentType}').");
        }
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limitBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, context.RequestAborted)
                ?? throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", "A message must be a JSON object (was null).");
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or FormatException or NotSupportedException)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", $"A message must be of the form that the protocol gives it: {e.Message}") { IsRecorded = true };
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new RequestRefusedException(StatusCodes.Status413PayloadTooLarge, "too-large", $"This message must have at most {limitBytes} bytes, but has more.") { IsRecorded = true };
        }
    }
}
