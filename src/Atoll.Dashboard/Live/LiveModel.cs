using System.Text.Json;
using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Pages;
using Atoll.Experiments.Protocol;

namespace Atoll.Dashboard.Live;

/// <summary>The live page as its markup sees it: everything of the run itself comes later, by script.</summary>
/// <remarks>Public only because the Razor compiler makes every component public; its members are not.</remarks>
public sealed class LiveModel : PageModel
{
    private const string Energy = "J";

    internal LiveModel(string? script, string scriptPath, string stylePath)
        : base(script) => (ScriptPath, StylePath) = (scriptPath, stylePath);

    internal string ScriptPath { get; }

    internal string StylePath { get; }

    internal override string DataName => "live-data";

    internal override int Slot(string arm) => 2;

    internal override string DataJson() => JsonSerializer.Serialize(
        new LiveData
        {
            Metrics = MetricFacts.All,
            Units = new Dictionary<string, IReadOnlyList<UnitStep>> { [Energy] = UnitScale.Of(Energy).Steps },
            Status = ProtocolPath.Status,
            Events = ProtocolPath.Events,
        },
        LiveDataJson.Default.LiveData);
}
