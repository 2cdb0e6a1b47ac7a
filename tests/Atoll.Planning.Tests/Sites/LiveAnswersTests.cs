using System.Net;
using Atoll.Footprint.Grids.Live;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Tests.Sites;

/// <summary>Live grids of a plan: what a service says, and what stands for one that fails.</summary>
public sealed class LiveAnswersTests
{
    private static readonly string Text = Plans.OneSite.Replace("intensity: 400 g/kWh", "live: { service: uk }", StringComparison.Ordinal);

    [Fact]
    public void What_the_service_says_is_the_intensity()
    {
        // The shape that carbonintensity.org.uk documents for /intensity.
        string now = DateTime.UtcNow.AddMinutes(-10).ToString("yyyy-MM-dd'T'HH:mm'Z'"), then = DateTime.UtcNow.AddMinutes(20).ToString("yyyy-MM-dd'T'HH:mm'Z'");
        PreparedPlan plan = Read($$$"""{"data":[{"from":"{{{now}}}","to":"{{{then}}}","intensity":{"forecast":266,"actual":263,"index":"moderate"}}]}""", HttpStatusCode.OK);

        Input grid = plan.InputAt("sites.here.grid.intensity");
        grid.Value.ShouldBe(263);
        grid.Origin.Source.ShouldContain("zone");
    }

    [Fact]
    public void The_catalog_s_mean_stands_for_a_service_that_fails_and_a_note_says_so()
    {
        PreparedPlan plan = Read("""{"error":{"code":"500 Internal Server Error","message":"down"}}""", HttpStatusCode.InternalServerError);

        plan.InputAt("sites.here.grid.intensity").Value.ShouldBe(215.8, 0.05, "Great Britain by Ember in 2024");
        plan.Notes.ShouldContain(n => n.StartsWith("sites.here.grid:", StringComparison.Ordinal) && n.Contains("used instead", StringComparison.Ordinal), string.Join('\n', plan.Notes));
    }

    private static PreparedPlan Read(string body, HttpStatusCode status)
    {
        using HttpClient http = new(new Answering(body, status));
        LiveLimits limits = new() { Attempts = 1 };
        return PlanFile.Parse(Text, "plan.yaml", AppContext.BaseDirectory, new(new(http, null, TimeProvider.System, limits, new Random(1)), _ => null));
    }

    private sealed class Answering(string body, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}
