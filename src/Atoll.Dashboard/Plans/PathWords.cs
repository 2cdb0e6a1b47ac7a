namespace Atoll.Dashboard.Plans;

/// <summary>An input's path in words, for a chart's label or the middle of a sentence: <c>sites.lulea.hardware.power</c> is <c>hardware power at lulea</c>.</summary>
internal static class PathWords
{
    public static string Of(string path) => path.Split('.') switch
    {
        ["sites", var site, "link" or "interconnect" or "fibre", .. { Length: > 0 } field] => $"{Words(field)} of {site}’s {path.Split('.')[2]}",
        ["sites", var site, .. { Length: > 0 } field] => $"{Words(field)} at {site}",
        ["links", var link, .. { Length: > 0 } field] => $"{Words(field)} of link {link}",
        ["arms", var arm, .. { Length: > 0 } field] => $"{Words(field)} of {arm}",
        ["workload", .. { Length: > 0 } field] => $"{Words(field)} of the job",
        _ => path,
    };

    private static string Words(string[] field) => string.Join(' ', field) switch
    {
        "pue" => "PUE",
        "wue" => "cooling water (WUE)",
        "hardware price" => "hardware rent",
        "hardware purchase" => "hardware price",
        "hardware embodied" => "embodied carbon of hardware",
        "grid intensity" => "grid’s carbon",
        "energy" => "energy per GB",
        "fibre built" => "fibre price",
        var words => words.Replace("bandwidth up", "upload bandwidth", StringComparison.Ordinal).Replace("bandwidth down", "download bandwidth", StringComparison.Ordinal).Replace('-', ' '),
    };
}
