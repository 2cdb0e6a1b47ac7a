namespace Atoll.Footprint.Grids.Live;

/// <summary>What a service told, read from its answer.</summary>
/// <param name="FetchedAt">When it was asked.</param>
/// <param name="Note">Why the answer is a kept one, in a sentence; null where it is fresh.</param>
internal sealed record Told<T>(T Value, DateTimeOffset FetchedAt, string? Note);

/// <summary>A question to a service.</summary>
/// <param name="Key">What an answer is kept under, without credentials; null: not kept.</param>
/// <param name="FreshFor">How long a kept answer is as good as a new one.</param>
/// <param name="Authorize">Puts credentials into the request.</param>
internal sealed record Question(Uri Address, string? Key, TimeSpan FreshFor, Action<HttpRequestMessage> Authorize);
