using Atoll.Client.Live.Connection;
using Atoll.Footprint.Meters;

namespace Atoll.Client.Live;

/// <summary>What a site's session runs with.</summary>
public sealed record SiteSettings
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws waiting times, and nothing else.</summary>
    public Random Random { get; init; } = new();

    public Backoff Backoff { get; init; } = new();

    /// <summary>What training takes; null: no readings are sent.</summary>
    public IWorkMeter? Meter { get; init; }

    /// <summary>How often the coordinator hears of a training that takes its time.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a training that takes its time is put on disk, at most.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The client's program and version, as the coordinator is told.</summary>
    public string Client { get; init; } = "atoll";

    /// <summary>Takes what happens, on any thread.</summary>
    public Action<SiteNews> Tell { get; init; } = _ => { };

    internal void Say(string kind, string text, string? arm = null, int? round = null) => Tell(new(Time.GetUtcNow(), kind, text) { Arm = arm, Round = round });

    internal Persistence NewPersistence() => new(Backoff, Random, Time, text => Say("connection", text));
}
