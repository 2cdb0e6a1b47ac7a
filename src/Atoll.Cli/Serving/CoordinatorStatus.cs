using System.Text.Json;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Serving;

/// <summary>A run's status from its coordinator.</summary>
internal sealed class CoordinatorStatus(PinnedCoordinator coordinator) : IStatusSource
{
    public async Task<RunStatus> ReadAsync(CancellationToken cancellation)
    {
        using HttpResponseMessage response = await coordinator.SendAsync(HttpMethod.Get, ProtocolPath.Status, null, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw coordinator.IsNone(ProtocolPath.Status, response.StatusCode);
        }
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync(body, ProtocolJson.Default.RunStatus, cancellation) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.Failure, $"What {coordinator.Address} says of its run is not what this version of Atoll knows: {e.Message}", e);
        }
    }

    public void Dispose() => coordinator.Dispose();
}
