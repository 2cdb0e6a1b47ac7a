namespace Atoll.Dashboard.Live;

/// <summary>A file of the live page, as a coordinator serves it.</summary>
/// <param name="Path">From the root, without the first slash; empty for the page itself, <c>assets/…</c> for the others.</param>
/// <param name="ContentType"><c>text/html; charset=utf-8</c> and the like.</param>
public sealed record LiveAsset(string Path, string ContentType, ReadOnlyMemory<byte> Bytes);
