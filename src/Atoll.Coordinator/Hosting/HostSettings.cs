using System.Net;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting;

/// <summary>Where and how a coordinator answers.</summary>
public sealed record HostSettings
{
    /// <summary>Port 0 for any that is free.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Hosts that sites know the coordinator by: they go into its certificate, beside localhost.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>For bodies that are on their way.</summary>
    public required string UploadFolder { get; init; }

    public HostLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The page and what it asks for: an empty path is the page itself; null where there is no such file.</summary>
    public Func<string, PageFile?> Page { get; init; } = static _ => null;

    /// <summary>The content security policy that the page works under. Nothing is allowed unless set.</summary>
    public string PagePolicy { get; init; } = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Where log entries go; nowhere unless set.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
