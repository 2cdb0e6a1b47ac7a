using System.Globalization;

namespace Atoll.Footprint.Grids;

/// <summary>Reads the times of one file, which are mostly written alike.</summary>
internal sealed class TraceTime
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd",
    ];

    private string _last = s_formats[0];

    /// <summary>Whether a time had no offset and was taken as UTC.</summary>
    public bool Assumed { get; private set; }

    /// <returns>Null where the text is no time.</returns>
    public DateTimeOffset? Read(string text)
    {
        // Exports of Python's and others' write "2022-01-01 00:00:00 UTC" too.
        string written = text.EndsWith(" UTC", StringComparison.Ordinal) ? text[..^4] + "Z" : text;
        if (!Try(written, _last, out DateTimeOffset time))
        {
            if (Array.Find(s_formats, format => Try(written, format, out _)) is not { } format)
            {
                return null;
            }
            _last = format;
            Try(written, format, out time);
        }
        // A date alone has two dashes and ends in digits: an offset has a sign or a Z behind the time of day.
        Assumed |= !written.EndsWith('Z') && written.AsSpan(Math.Min(written.Length, 11)).IndexOfAny('+', '-') < 0;
        return time;
    }

    private static bool Try(string text, string format, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
