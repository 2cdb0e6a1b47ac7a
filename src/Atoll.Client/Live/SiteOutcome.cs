namespace Atoll.Client.Live;

/// <summary>How a site's part in a run ended.</summary>
/// <param name="Finished">False where the run was aborted.</param>
/// <param name="Models">Files of the trained models, by arm.</param>
public sealed record SiteOutcome(bool Finished, string Reason, IReadOnlyDictionary<string, string> Models);
