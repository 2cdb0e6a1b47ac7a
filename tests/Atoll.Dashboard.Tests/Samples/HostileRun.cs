using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Every name in a run written by someone who means harm, or who likes long names.</summary>
internal static class HostileRun
{
    public const string Script = "<script>window.harmed=1</script>";
    public const string Image = "\"><img src=x onerror=window.harmed=1>";
    public const string EndsScript = "</script><script>window.harmed=1</script>";
    public const string Template = "{a|{b}{c}} ${window.harmed=1} <!-- ";

    public static RunResult Make()
    {
        var run = SampleRun.Hospitals();
        string[] sites = [Script, Image, EndsScript, Template + new string('x', 300)];
        var rename = run.Data.Sites.Select((site, i) => (site.Name, New: sites[i])).ToDictionary(pair => pair.Name, pair => pair.New, StringComparer.Ordinal);
        string[] arms = ["centralized" + Script, "local" + Image, "fed" + EndsScript, new string('W', 200), Template];
        string[] classes = [Script, Image];
        return run with
        {
            Name = "run" + Script + Image,
            Baseline = arms[0],
            Machine = run.Machine with { Processor = Script },
            Data = run.Data with
            {
                Source = Script,
                Classes = classes,
                Sites = [.. run.Data.Sites.Select(site => site with { Name = rename[site.Name], Labels = classes.Zip(site.Labels.Values).ToDictionary(pair => pair.First, pair => pair.Second) })],
            },
            Arms = [.. run.Arms.Select((arm, i) => arm with
            {
                Name = arms[i],
                Stopped = arm.Stopped is null ? null : Script,
                ModelSha256 = arm.ModelSha256 is null ? null : Image,
                Settings = new Dictionary<string, string> { [Script] = Image, ["same"] = EndsScript, [Image] = arms[i] },
                Final = arm.Final is not { } final ? null : final with
                {
                    PerSite = [.. final.PerSite.Select(site => site with { Site = rename[site.Site] })],
                    WorstSite = final.WorstSite with { Site = rename[final.WorstSite.Site] },
                },
            })],
        };
    }
}
