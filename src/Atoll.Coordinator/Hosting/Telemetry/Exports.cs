using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atoll.Coordinator.Hosting.Telemetry;

/// <summary>Metrics and traces over OTLP, where the environment says whereto. The exporter reads all of OpenTelemetry's own variables.</summary>
internal static class Exports
{
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Prefix = "OTEL_";

    /// <param name="configuration">Gets OpenTelemetry's variables, which its exporters look for there; no others, since they are the server's settings too.</param>
    public static void AddWhereAskedFor(IServiceCollection services, IConfigurationBuilder configuration)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            return;
        }
        configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal)).Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atoll-coordinator").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(HostMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(HostMetrics.Name, "Microsoft.AspNetCore").AddOtlpExporter());
    }
}
