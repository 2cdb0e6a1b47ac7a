using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Analysis.Levers;

/// <summary>Values of inputs in the words of whoever wrote the plan: <c>4.3 Gbit/s between frankfurt and lulea</c>, <c>a PUE of 1.3 at lulea</c>.</summary>
internal sealed class LeverWords(InputTable table)
{
    private readonly HashSet<string> _sites = [.. table.Inputs.Select(i => i.Path.Split('.')).Where(p => p is ["sites", _, ..]).Select(p => p[1])];

    /// <summary>After "Below" or "Above".</summary>
    public string At(Lever lever, double value)
    {
        string printed = Measure.In(lever.Unit).Print(value);
        return lever.Path.Split('.') switch
        {
            ["links", var link, .. var field] => OnLink(printed, string.Join('.', field), Ends(link), Where(link)),
            ["sites", var site, "link", .. var field] => OnLink(printed, string.Join('.', field), [], $"on the way out of {site}"),
            ["sites", var site, "interconnect", .. var field] => OnLink(printed, string.Join('.', field), [], $"inside {site}"),
            ["sites", var site, .. var field] => AtSite(printed, string.Join('.', field), lever.Unit, site, value),
            ["arms", var arm, .. var field] => $"{printed} {string.Join(' ', field).Replace('-', ' ')} of {arm}",
            ["workload", .. var field] => OfJob(printed, string.Join('.', field), value),
            _ => $"{printed} for {lever.Path}",
        };
    }

    /// <param name="ends">The two or more sites of a link that is called by them; empty for others.</param>
    private static string OnLink(string value, string field, string[] ends, string where) => (field, ends) switch
    {
        ("bandwidth" or "distance", _) => $"{value} {where}",
        ("bandwidth.up", [var from, var to]) => $"{value} from {from} to {to}",
        ("bandwidth.down", [var from, var to]) => $"{value} from {to} to {from}",
        ("bandwidth.up", _) => $"{value} up {where}",
        ("bandwidth.down", _) => $"{value} down {where}",
        ("latency", _) => $"{value} of latency {where}",
        ("fibre.built", _) => $"{value} of fibre {where}",
        ("fibre.lifetime", _) => $"{value} of the fibre's life {where}",
        ("leased", _) => $"{value} of rent for the line {where}",
        ("transit", _) => $"{value} of transit {where}",
        ("egress", _) => $"{value} of egress {where}",
        ("energy", _) => $"{value} of the network's energy {where}",
        _ => $"{value} of {field} {where}",
    };

    private string Where(string link) => Ends(link) is { Length: > 0 } ends ? $"between {Sentence.List(ends)}" : $"on the link {link}";

    private static string AtSite(string value, string field, string unit, string site, double number) => field switch
    {
        "pue" => $"a PUE of {value} at {site}",
        "wue" => $"{value} of cooling water at {site}",
        "utilization" => $"a utilization of {value} at {site}",
        "count" => $"{value} {(number == 1 ? "accelerator" : "accelerators")} at {site}",
        "clients" => $"{value} {(number == 1 ? "client" : "clients")} at {site}",
        "tariff" => $"{value} for electricity at {site}",
        "data" => $"{value} of data at {site}",
        "market-intensity" => $"{value} in the contract of {site}",
        "hardware.price" => $"{value} of rent for an accelerator at {site}",
        "hardware.purchase" => $"{value} for buying an accelerator at {site}",
        "hardware.power" => $"{value} of power of an accelerator at {site}",
        "hardware.embodied" => $"{value} of embodied carbon of an accelerator at {site}",
        "hardware.lifetime" => $"{value} of an accelerator's life at {site}",
        _ => unit == "g/kWh" ? $"{value} in the grid of {site}" : $"{value} of {field.Replace('.', ' ')} at {site}",
    };

    private static string OfJob(string value, string field, double number) => field switch
    {
        "tokens" or "parameters" or "samples" or "steps" or "epochs" => $"{value} {(number == 1 ? field[..^1] : field)}",
        "batch-tokens" or "batch-samples" => $"{value} {field["batch-".Length..]} in a step",
        "flops" => $"{value} of computation",
        "step-time" => $"{value} for a step",
        "data" => $"{value} of data",
        _ => $"{value} for the workload's {field}",
    };

    /// <summary>The sites of a link that is called by them; none where the file gives it a name of its own. A site's name may have a hyphen: the cut that leaves known sites is the right one.</summary>
    private string[] Ends(string link)
    {
        return Cut(link) is { Length: > 1 } sites ? sites
            : link.Split('-', 2) is [{ Length: > 0 } from, { Length: > 0 } to] && (_sites.Count == 0 || _sites.Contains(from) || _sites.Contains(to)) ? [from, to]
            : [];

        string[]? Cut(string rest)
        {
            if (_sites.Contains(rest))
            {
                return [rest];
            }
            for (int cut = rest.IndexOf('-', StringComparison.Ordinal); cut > 0; cut = rest.IndexOf('-', cut + 1))
            {
                if (_sites.Contains(rest[..cut]) && Cut(rest[(cut + 1)..]) is { } others)
                {
                    return [rest[..cut], .. others];
                }
            }
            return null;
        }
    }
}
