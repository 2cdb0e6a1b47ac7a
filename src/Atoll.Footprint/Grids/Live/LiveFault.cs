namespace Atoll.Footprint.Grids.Live;

/// <summary>Why a live service gave nothing that can be used.</summary>
public enum LiveFault
{
    /// <summary>It cannot be reached, or says itself that it has failed (5xx).</summary>
    Down,

    /// <summary>It did not answer in time.</summary>
    Slow,

    /// <summary>It asks for fewer requests (429), for longer than was to be waited.</summary>
    RateLimited,

    /// <summary>No key was given.</summary>
    KeyMissing,

    /// <summary>It does not take the key, or the key does not cover what was asked (401, 403).</summary>
    KeyRefused,

    /// <summary>It does not take the request: no such zone, a time out of range.</summary>
    Refused,

    /// <summary>It has no value for what was asked (null, an empty list).</summary>
    Missing,

    /// <summary>Its newest value is too old.</summary>
    Stale,

    /// <summary>Its answer is not what it documents: a web page, cut off, another zone, another unit, a value that cannot be.</summary>
    NotUnderstood,
}
