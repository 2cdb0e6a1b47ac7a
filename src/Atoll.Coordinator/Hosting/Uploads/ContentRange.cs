using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Uploads;

/// <summary>Which bytes of a body a request brings: from <paramref name="From"/>, <paramref name="Length"/> of them, of <paramref name="Total"/>.</summary>
internal readonly record struct ContentRange(long From, long Length, long Total)
{
    /// <param name="header"><c>Content-Range</c>, as in RFC 9110 §14.4; null for the whole.</param>
    /// <exception cref="RequestRefusedException">They contradict each other, or leave something open.</exception>
    public static ContentRange Of(string? header, long? contentLength)
    {
        if (contentLength is not { } length)
        {
            throw new RequestRefusedException(StatusCodes.Status411LengthRequired, "length-required", "An upload must say its length in Content-Length, but says none.");
        }
        if (string.IsNullOrEmpty(header))
        {
            return new(0, length, length);
        }
        if (!ContentRangeHeaderValue.TryParse(header, out ContentRangeHeaderValue? range) || range is not { Unit: "bytes", From: { } from, To: { } to, Length: { } total })
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", $"Content-Range must be like 'bytes 0-1023/4096' (was '{header}').");
        }
        return to - from + 1 == length ? new(from, length, total)
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", $"Content-Range '{header}' must be as long as the body, but that has {length} bytes.");
    }
}
