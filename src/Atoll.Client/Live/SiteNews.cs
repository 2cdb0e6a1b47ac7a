namespace Atoll.Client.Live;

/// <summary>Something that the operator of a site may want to know, in a sentence.</summary>
/// <param name="Kind">For programs: <c>enrolled</c>, <c>waiting</c>, <c>training</c>, <c>trained</c>, <c>counted</c>, <c>refused</c>, <c>evaluated</c>, <c>connection</c>, <c>ended</c>.</param>
public sealed record SiteNews(DateTimeOffset Time, string Kind, string Text)
{
    public string? Arm { get; init; }

    public int? Round { get; init; }
}
