using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Tests.Kernels;
using Atoll.Learning.Training;

namespace Atoll.Learning.Tests.Training;

/// <summary>
/// The same bytes on every vector path, in processes of their own that may use less and less of the processor, and through time: the expected
/// hashes stand here.
/// </summary>
/// <remarks>
/// A hash that changes is a change of the numeric contract (NUMERICS.md): models trained by an earlier version can no longer be reproduced. When that is
/// meant, run the tests' <c>Atoll.Learning.Determinism</c> program, put its hashes here, and say so in the release's notes.
/// </remarks>
public sealed class DeterminismTests
{
    private static readonly string[] s_expected =
    [
        "products 21cdf01c5fa44811328e00d59fe99cf2b2d27caf05fc612731a1e0db7cd6c837",
        "cnn-sgd 62bf2d3cb07ccf4bb0d79b133d3426686dba218b4c73064b0703ee0e2fd95110",
        "mlp-adam d6ae6365ee1d132a2122061539876a293acc82165cae7d66b9f07af61cab8ce8",
        "block-adamw 87e36c301f8a269714029393b59313917045ff3c07612f8ae06fd43e94baa5a6",
        "tokens-sgd 532ba4dbc18e7f945c4eae1f5fd2478ed46560c2fe2eea5adf076b2b84860f59",
    ];

    [Fact]
    public void As_this_machine_likes() => Run([]).Skip(1).ShouldBe(s_expected);

    [SkippableFact]
    public void With_AVX_512()
    {
        Skip.IfNot(Avx512F.IsSupported && Learning.Kernels.VectorPath.Use512, "this processor has no AVX-512, or .NET does not use it here");
        Run([("DOTNET_EnableAVX512", "1")]).ShouldBe(["path avx512", .. s_expected]);
    }

    [SkippableFact]
    public void With_AVX2_but_no_AVX_512()
    {
        Skip.IfNot(Avx2.IsSupported && Fma.IsSupported, "this processor has no AVX2 with FMA");
        Run([("DOTNET_EnableAVX512", "0")]).ShouldBe(["path avx2", .. s_expected]);
    }

    [SkippableFact]
    public void With_128_bit_vectors_and_no_fused_multiply_add()
    {
        Skip.IfNot(Sse41.IsSupported, "this is no x86 processor");
        Run([("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0")]).ShouldBe(["path vector128", .. s_expected]);
    }

    [SkippableFact]
    public void Without_vectors()
    {
        Skip.IfNot(X86Base.IsSupported, "this is no x86 processor, where vectors could be switched off");
        Run([("DOTNET_EnableHWIntrinsic", "0")]).ShouldBe(["path none", .. s_expected]);
    }

    [Fact]
    public void With_the_compiler_optimizing_at_once() => Run([("DOTNET_TieredCompilation", "0")]).Skip(1).ShouldBe(s_expected);

    [Fact]
    public async Task With_two_threads_that_share_a_network()
    {
        Dataset data = Blobs.Of(new Shape(12, 11, 2), rows: 60, classes: 3);
        Network network = new Cnn { Convolutions = [new() { Channels = 7 }], Hidden = [19], Dropout = 0.2f }.Build(data.Sample, 3);
        const int sites = 6;
        float[][] alone = [.. Enumerable.Range(0, sites).Select(Site)];
        using Barrier start = new(2);

        var halves = await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return Enumerable.Range(0, sites / 2).Select(i => Site(2 * i + half)).ToArray();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        for (int site = 0; site < sites; site++)
        {
            ((ReadOnlySpan<float>)halves[site % 2][site / 2]).ShouldHaveTheBitsOf(alone[site], $"site {site}");
        }

        float[] Site(int site)
        {
            float[] weights = network.Initialize(1);
            int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => row % sites == site)];
            new Trainer(network, new Adam { LearningRate = 0.01f }, 4).Train(weights, data, rows, new Assignment(1, site, 0, 0.01f, Epochs: 5));
            return weights;
        }
    }

    private static string[] Run((string Name, string Value)[] environment)
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        ProcessStartInfo start = new(dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, "Atoll.Learning.Determinism.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name); // what the tests run under must not decide what the child runs under
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
