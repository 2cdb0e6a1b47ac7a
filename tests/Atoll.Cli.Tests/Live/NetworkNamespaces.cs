using System.Diagnostics;

namespace Atoll.Cli.Tests.Live;

/// <summary>A network namespace a site, each at the end of a line of its own to this machine, with the kernel's emulator (netem) at both ends. Linux, root, iproute2.</summary>
internal sealed class NetworkNamespaces : IDisposable
{
    private readonly List<Action> _undo = [];

    /// <summary>This machine's address on all lines.</summary>
    public string Host => "10.201.255.1";

    /// <summary>The namespaces' names.</summary>
    public List<string> Sites { get; } = [];

    /// <param name="emulation">What netem is told.</param>
    /// <param name="missing">Why there is none.</param>
    public static NetworkNamespaces? Make(int sites, string emulation, out string missing)
    {
        NetworkNamespaces made = new();
        missing = "Network namespaces are Linux's.";
        if (OperatingSystem.IsLinux() && (missing = made.Make(sites, emulation)).Length == 0)
        {
            return made;
        }
        made.Dispose();
        return null;
    }

    public void Dispose()
    {
        for (int i = _undo.Count - 1; i >= 0; i--)
        {
            _undo[i]();
        }
    }

    private string Make(int sites, string emulation)
    {
        string own = $"at{Environment.ProcessId % 100_000}";
        List<(string Do, string? Undo)> commands = [($"ip addr add {Host}/32 dev lo", $"ip addr del {Host}/32 dev lo")];
        for (int site = 0; site < sites; site++)
        {
            string space = $"{own}-{site}", here = $"{own}h{site}", there = $"{own}s{site}", address = $"10.201.{site}.2", gateway = $"10.201.{site}.1";
            commands.AddRange(
            [
                ($"ip netns add {space}", $"ip netns del {space}"),
                ($"ip link add {here} type veth peer name {there}", $"ip link del {here}"),
                ($"ip link set {there} netns {space}", null),
                ($"ip addr add {gateway}/24 dev {here}", null),
                ($"ip link set {here} up", null),
                ($"ip -n {space} addr add {address}/24 dev {there}", null),
                ($"ip -n {space} link set {there} up", null),
                ($"ip -n {space} route add default via {gateway}", null),
                ($"tc qdisc add dev {here} root netem {emulation}", null),
                ($"tc -n {space} qdisc add dev {there} root netem {emulation}", null),
            ]);
            Sites.Add(space);
        }
        foreach ((string command, string? undo) in commands)
        {
            if (Run(command) is { } failure)
            {
                return failure;
            }
            if (undo is not null)
            {
                _undo.Add(() => Run(undo));
            }
        }
        return "";
    }

    /// <returns>What went wrong; null where nothing did.</returns>
    private static string? Run(string command)
    {
        string[] words = command.Split(' ');
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"'{command}' is not possible here: {said.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"'{command}' is not possible here: {e.Message}";
        }
    }
}
