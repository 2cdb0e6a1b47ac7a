namespace Atoll.Dashboard.Figures;

/// <summary>A number and what it counts: <c>1 site</c>, <c>10 sites</c>.</summary>
public static class Counted
{
    public static string Of(long count, string one, string? many = null) => $"{Figure.Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
