namespace Atoll.Coordinator.Live.Record;

/// <summary>A model on a site's test rows.</summary>
internal sealed record SiteFinding(long TestRows, IReadOnlyDictionary<string, double?> Metrics, double? Loss);
