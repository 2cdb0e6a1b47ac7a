using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atoll.Coordinator.Hosting.Telemetry;

/// <summary>Metrics and traces over OTLP, where the environment says whereto. The exporter reads all of OpenTelemetry's own variables.</summary>
internal static class Exports
{
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddWhereAskedFor(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            return;
        }
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atoll-coordinator").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(HostMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(HostMetrics.Name, "Microsoft.AspNetCore").AddOtlpExporter());
    }
}
