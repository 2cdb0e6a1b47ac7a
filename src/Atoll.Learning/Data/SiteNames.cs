using System.Globalization;

namespace Atoll.Learning.Data;

/// <summary>What sites are called that a partition makes.</summary>
public static class SiteNames
{
    /// <summary><c>site-01</c>, <c>site-02</c> and so on, with as many digits for every site.</summary>
    public static IReadOnlyList<string> Virtual(int count)
    {
        string format = $"'site-'{new string('0', Require.AtLeast(1, count).ToString(CultureInfo.InvariantCulture).Length)}";
        return [.. Enumerable.Range(1, count).Select(site => site.ToString(format, CultureInfo.InvariantCulture))];
    }
}
