using System.Diagnostics;
using System.Text;
using Atoll.Ledger.Canonical;
using FsCheck.Fluent;

namespace Atoll.Ledger.Tests.Canonical;

/// <summary>Held against ECMAScript itself: Node's own JSON.stringify, whose text of numbers and strings RFC 8785 takes over.</summary>
public sealed class NodeTests
{
    [SkippableFact]
    public void A_hundred_thousand_doubles_are_written_as_Node_writes_them()
    {
        Random random = new(20260731);
        long[] bits = [.. Enumerable.Range(0, 100_000).Select(i => i % 2 == 0
            ? random.NextInt64(long.MinValue, long.MaxValue)
            : BitConverter.DoubleToInt64Bits(Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-8, 24)), 3))).Where(b => double.IsFinite(BitConverter.Int64BitsToDouble(b)))];

        string[] expected = Node("""
            const view = new DataView(new ArrayBuffer(8));
            for (const hex of require('fs').readFileSync(0, 'utf8').split('\n')) {
              view.setBigUint64(0, BigInt('0x' + hex));
              console.log(JSON.stringify(view.getFloat64(0)));
            }
            """, string.Join('\n', bits.Select(b => b.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))));

        bits.Select(b => CanonicalNumber.Format(BitConverter.Int64BitsToDouble(b))).ShouldBe(expected);
    }

    [SkippableFact]
    public void Documents_are_written_as_Node_writes_them_with_sorted_members()
    {
        string[] documents = [.. Documents.Any.Sample(500).Select(d => d.ToJsonString())];

        string[] expected = Node("""
            const sorted = v => Array.isArray(v) ? '[' + v.map(sorted).join(',') + ']'
              : v && typeof v === 'object' ? '{' + Object.keys(v).sort().map(k => JSON.stringify(k) + ':' + sorted(v[k])).join(',') + '}'
              : JSON.stringify(v);
            for (const line of require('fs').readFileSync(0, 'utf8').split('\n')) console.log(sorted(JSON.parse(line)));
            """, string.Join('\n', documents));

        documents.Select(CanonicalJsonTests.Canonical).ShouldBe(expected);
    }

    private static string[] Node(string script, string input)
    {
        ProcessStartInfo start = new("node", ["-e", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = new UTF8Encoding(false) };
        Process? node = null;
        try
        {
            node = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(Environment.GetEnvironmentVariable("CI") != "true", "Node.js is missing.");
            throw;
        }
        using (node!)
        {
            Task<string> output = node!.StandardOutput.ReadToEndAsync();
            node.StandardInput.Write(input);
            node.StandardInput.Close();
            node.WaitForExit();
            return output.Result.TrimEnd('\n').Split('\n');
        }
    }
}
