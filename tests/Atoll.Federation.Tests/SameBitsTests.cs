using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Federation.Tests;

/// <summary>Runs the tests that compare bits again, in a process whose vectors are narrower.</summary>
public sealed class SameBitsTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_bits_are_the_same_without(string feature)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["vstest", typeof(SameBitsTests).Assembly.Location, "--TestCaseFilter:Bits=same"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [feature] = "0" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, output);
        output.ShouldMatch(@"Passed:\s+[1-9]");
    }

    [Fact]
    [Trait("Bits", "same")]
    public void A_feature_that_is_switched_off_is_off()
    {
        (Off("DOTNET_EnableAVX512") && Avx512F.IsSupported).ShouldBeFalse();
        (Off("DOTNET_EnableAVX2") && Avx2.IsSupported).ShouldBeFalse();
        (Off("DOTNET_EnableHWIntrinsic") && Vector128.IsHardwareAccelerated).ShouldBeFalse();

        static bool Off(string feature) => Environment.GetEnvironmentVariable(feature) == "0";
    }
}
