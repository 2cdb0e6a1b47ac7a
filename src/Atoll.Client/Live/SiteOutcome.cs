namespace Atoll.Client.Live;

/// <summary>How a site's part in a run ended.</summary>
/// <param name="Finished">False where the run was aborted.</param>
/// <param name="Models">Files of the trained models, by arm.</param>
/// <param name="Stopped">Arms that were stopped early, and have none.</param>
/// <param name="Missing">Arms whose models are trained, but could not be fetched any more.</param>
public sealed record SiteOutcome(bool Finished, string Reason, IReadOnlyDictionary<string, string> Models, IReadOnlyList<string> Missing, IReadOnlyList<string> Stopped);
