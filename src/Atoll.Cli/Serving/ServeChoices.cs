using System.Net;
using Microsoft.Extensions.Logging;

namespace Atoll.Cli.Serving;

/// <summary>What the command line asks of a coordinator.</summary>
internal sealed record ServeChoices
{
    public required string Path { get; init; }

    /// <summary>The run folder; null to choose one.</summary>
    public string? Folder { get; init; }

    /// <summary>A new run, even where one of the same experiment waits to be gone on with.</summary>
    public bool New { get; init; }

    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>The coordinator, as sites reach it; null where that is what it listens on.</summary>
    public Uri? Url { get; init; }

    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>In place of the file's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>In order; empty to find them.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Where the ledger and the bodies are; null for the run folder.</summary>
    public Uri? Store { get; init; }

    /// <summary>Whether the bodies of updates that count, and of the models between, are kept.</summary>
    public bool KeepUpdates { get; init; }

    /// <summary>What is logged, as JSON on standard error; null for nothing.</summary>
    public LogLevel? Log { get; init; }

    public const int DefaultPort = 8443;

    /// <summary>How sites reach a coordinator that listens there.</summary>
    /// <exception cref="CommandException">It listens on all addresses, and nobody says by which it is known.</exception>
    public Uri Reached(int port) => Url ?? (Listen.Address.Equals(IPAddress.Any) || Listen.Address.Equals(IPAddress.IPv6Any)
        ? throw new CommandException(ExitCode.Usage, $"--url must say how sites reach this coordinator (https://host:{port}), since --listen {Listen} is every address that this machine has.")
        : new UriBuilder(Uri.UriSchemeHttps, Listen.Address.ToString(), port).Uri);
}
