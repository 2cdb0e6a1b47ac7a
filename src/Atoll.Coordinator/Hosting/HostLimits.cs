namespace Atoll.Coordinator.Hosting;

/// <summary>What a coordinator takes from others. Legal defaults for up to some thousand sites; tests and small machines lower them.</summary>
public sealed record HostLimits
{
    /// <summary>Connections that showed neither a certificate of the run nor a token in time, kept at once: one more, and the oldest of them goes.</summary>
    public int Strangers { get; init => field = Require.AtLeast(1, value); } = 2_048;

    /// <summary>Connections in all.</summary>
    public int Connections { get; init => field = Require.AtLeast(1, value); } = 16_384;

    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From a request's first byte to the end of its headers.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may say nothing.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bodies must move at least this fast, after <see cref="BodyGrace"/>.</summary>
    public double BodyBytesPerSecond { get; init; } = 256;

    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of a control message.</summary>
    public int MessageBytes { get; init => field = Require.AtLeast(1, value); } = 256 << 10;

    /// <summary>Of an enrolment, whose summary of a table may have many categories.</summary>
    public int EnrolmentBytes { get; init => field = Require.AtLeast(1, value); } = 4 << 20;

    /// <summary>Requests a site may make in a second, on the long run.</summary>
    public int RequestsPerSecond { get; init => field = Require.AtLeast(1, value); } = 200;

    /// <summary>The same for an address that shows no certificate; it may be many sites behind one gateway.</summary>
    public int StrangerRequestsPerSecond { get; init => field = Require.AtLeast(1, value); } = 100;

    /// <summary>Seconds' worth of requests that may come at once.</summary>
    public int Burst { get; init => field = Require.AtLeast(1, value); } = 20;

    /// <summary>Uploads whose bodies are read at once; others wait, unread.</summary>
    public int Uploads { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Models that are sent at once, each with buffers of its own; others wait, with none.</summary>
    public int Downloads { get; init => field = Require.AtLeast(1, value); } = 256;

    /// <summary>The same, of one site: the next waits for its own.</summary>
    public int DownloadsBySite { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Connections of one site: one more, and the oldest of them goes.</summary>
    public int ConnectionsBySite { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>Viewers of <c>/v1/events</c>.</summary>
    public int Watchers { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>The longest that <c>/v1/work</c> waits.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Refusals that the ledger records in a minute, for each site and for all strangers together; others are only counted. Else a stranger could make it grow.</summary>
    public int RecordedRefusals { get; init => field = Require.AtLeast(1, value); } = 30;
}
