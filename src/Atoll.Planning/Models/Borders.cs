using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Facts of regulation that follow from where sites are. No legal advice: what to look at, not what the answer is.</summary>
internal static class Borders
{
    /// <summary>ISO 3166 codes of the European Economic Area: the 27 of the Union, Iceland, Liechtenstein and Norway.</summary>
    private static readonly HashSet<string> EuropeanEconomicArea =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
        "IS", "LI", "NO",
    ];

    /// <param name="what">That crosses, to begin a sentence: <c>Gradients</c>.</param>
    public static IEnumerable<string> Facts(string what, params IEnumerable<SiteInputs> sites)
    {
        SiteInputs[] all = [.. sites];
        string[] countries = [.. all.Select(s => s.Country).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] unknown = [.. all.Where(s => s.Country is null).Select(s => s.Name)];
        string[] outside = [.. countries.Where(c => !EuropeanEconomicArea.Contains(c))];
        if (countries.Length > 1)
        {
            yield return $"{what} cross borders, between {string.Join(", ", countries)}; raw data do not.";
        }
        if (outside.Length > 0 && outside.Length < countries.Length)
        {
            yield return $"{what} leave the European Economic Area, for {string.Join(", ", outside)}: where they can be related to persons, GDPR chapter V (Art. 44 ff.) may apply to them.";
        }
        if (unknown.Length > 0)
        {
            yield return $"The plan does not tell the country of {string.Join(" and ", unknown)}: whether a border is crossed there is open.";
        }
        yield return $"{what} may still be personal data where the raw data are: parts of training data have been reconstructed from them (Zhu et al. 2019, arXiv 1906.08935).";
    }
}
