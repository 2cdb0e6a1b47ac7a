namespace Atoll.Ledger.Entries;

/// <summary>What a site may be called.</summary>
public static class SiteName
{
    public const string Rule = "a site's name must have 1 to 200 characters";

    private const int MaxLength = 200;

    public static bool IsLegal(string site) => site.Length is > 0 and <= MaxLength;
}
