using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Atoll.Ledger.Tests.Fixtures;
using Atoll.Ledger.Verification;

namespace Atoll.Ledger.Tests.Verification;

/// <summary>Held against an independent verifier: verify_ledger.py beside this file, on Python's hashlib, json and cryptography (OpenSSL).</summary>
public sealed class PythonTests
{
    [SkippableFact]
    public async Task Another_implementation_comes_to_the_same_hashes_roots_and_signatures()
    {
        using SampleRun run = new();
        using Folder folder = new();
        byte[] ledger = await run.Long(rounds: 10);
        await File.WriteAllBytesAsync(folder.Ledger, ledger);

        string said = Python(folder.Ledger);

        VerificationResult ours = Lines.Verify(ledger);
        said.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{ours.Entries} {ours.TreeHeads} {ours.SiteSignatures} {ours.Root}"));
    }

    private static string Python(string ledger)
    {
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "verify_ledger.py"), ledger]) { RedirectStandardOutput = true, RedirectStandardError = true };
            try
            {
                using Process process = Process.Start(start)!;
                Task<string> error = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd().Trim();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return output;
                }
                error.Result.ShouldContain("ModuleNotFoundError", Case.Sensitive, error.Result);
            }
            catch (Win32Exception)
            {
                // The next one, or none.
            }
        }
        Skip.If(Environment.GetEnvironmentVariable("CI") != "true", "Python 3 with the package cryptography is missing.");
        throw new InvalidOperationException("CI must have Python 3 with the package cryptography, but has not.");
    }
}
