namespace Atoll.Coordinator.Hosting;

/// <summary>A file of the live page.</summary>
/// <param name="ContentType"><c>text/html; charset=utf-8</c> and the like.</param>
public sealed record PageFile(ReadOnlyMemory<byte> Content, string ContentType);
