using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Serving;

/// <summary><c>atoll abort URL --reason TEXT</c>: ends a run across machines for everyone, as its operator.</summary>
internal static class AbortCommand
{
    /// <summary>Others of the machine cannot read a process's variables, as they can its command line.</summary>
    public const string Variable = "ATOLL_OPERATOR";

    public static Command Create()
    {
        Argument<string> url = new("URL") { Description = "The coordinator's address: https://host:port." };
        Option<string> reason = new("--reason") { Description = "Why, in a sentence. It goes into the ledger, and every site is told.", HelpName = "TEXT", Required = true };
        Option<string?> authority = new("--authority") { Description = "Whose certificates to believe: the SHA-256 that `atoll serve` prints, a certificate (PEM), or the run's folder.", HelpName = "SHA256" };
        Option<string?> tokenFile = new("--token-file") { Description = $"A file with the operator token. Without it the variable {Variable} must have it.", HelpName = "FILE" };
        Verb command = new("abort", "Ends a run across machines for everyone. It needs the operator token, which `atoll serve` showed when the run began.")
        {
            Footer = """
                Example:
                  atoll abort https://127.0.0.1:8443 --authority runs/hospitals-20260301-1200 --token-file operator.token --reason "The wrong files."

                """,
            Arguments = { url },
            Options = { reason, authority, tokenFile },
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string token = TokenOf(parsed.GetValue(tokenFile), Environment.GetEnvironmentVariable);
            using PinnedCoordinator coordinator = PinnedCoordinator.At(parsed.GetRequiredValue(url), parsed.GetValue(authority), TimeProvider.System);
            await AbortAsync(coordinator, token, parsed.GetRequiredValue(reason), cancellation);
            Terminal.Of(parsed.InvocationConfiguration.Output).Paragraph("The run is aborted. Every site is told when it next asks for work; the ledger has the reason.");
        });
        return command;
    }

    private static async Task AbortAsync(PinnedCoordinator coordinator, string token, string reason, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await coordinator.SendAsync(HttpMethod.Post, ProtocolPath.Abort, request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content = JsonContent.Create(new() { Reason = reason }, ProtocolJson.Default.AbortRequest);
        }, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return;
        }
        try
        {
            ProtocolProblem? problem = await response.Content.ReadFromJsonAsync(ProtocolJson.Default.ProtocolProblem, cancellation);
            throw new CommandException(ExitCode.Refused, $"{coordinator.Address} did not abort the run: {problem?.Message}");
        }
        catch (JsonException)
        {
            throw coordinator.IsNone(ProtocolPath.Abort, response.StatusCode);
        }
    }

    private static string TokenOf(string? file, Func<string, string?> variable)
    {
        try
        {
            string? token = (file is null ? variable(Variable) : File.ReadAllText(file))?.Trim();
            return token is { Length: > 0 } && token.All(c => c is > ' ' and <= '~') ? token
                : throw new CommandException(ExitCode.Usage, $"The operator token is needed, which `atoll serve` showed when the run began: in --token-file or in {Variable}{(token is null ? "" : ", in one line")}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"--token-file {file} cannot be read: {e.Message}", e);
        }
    }
}
