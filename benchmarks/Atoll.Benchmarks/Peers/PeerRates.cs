using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Atoll.Benchmarks.Peers;

/// <summary>The same work in PyTorch, one thread, in the same run.</summary>
/// <param name="Versions">In words: which PyTorch, NumPy and BLAS.</param>
/// <param name="Rates">By the benchmark's name, in the benchmark's unit.</param>
internal sealed record PeerRates(string Versions, IReadOnlyDictionary<string, double> Rates)
{
    private const string Script = "pytorch_peers.py";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the script with the first Python that has PyTorch.</summary>
    /// <returns>Null, and why, when there is none.</returns>
    public static PeerRates? Measure(string? python, bool quick, out string? missing)
    {
        string[] candidates = python is null ? ["python3", "/usr/bin/python3"] : [python];
        string? able = candidates.FirstOrDefault(candidate => Run(candidate, ["-c", "import torch, numpy"]) is not null);
        missing = able is null ? $"No peers: none of {string.Join(", ", candidates)} has PyTorch and NumPy. On Debian: apt install python3-torch libopenblas0-pthread." : null;
        if (able is null)
        {
            return null;
        }
        string script = Path.Combine(AppContext.BaseDirectory, Script);
        string output = Run(able, quick ? [script, "--quick"] : [script]) ?? throw new InvalidOperationException($"{Script} must end with 0, but did not; it says why above.");
        return JsonSerializer.Deserialize<PeerRates>(output, s_json)!;
    }

    private static string? Run(string python, string[] arguments)
    {
        bool probing = arguments[0] == "-c";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = probing })!;
            if (probing)
            {
                process.ErrorDataReceived += (_, _) => { }; // a module that is missing is an answer, not news
                process.BeginErrorReadLine();
            }
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception) // no such program
        {
            return null;
        }
    }
}
