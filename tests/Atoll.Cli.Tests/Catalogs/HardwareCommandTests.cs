using System.Text.Json;
using Atoll.Footprint.Catalogs;

namespace Atoll.Cli.Tests.Catalogs;

public sealed class HardwareCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    private string[] Lines => _shell.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_list_names_all_hardware_in_80_columns()
    {
        (await _shell.Run("hardware", "list")).ShouldBe(ExitCode.Success, _shell.Error);

        Catalog.BuiltIn.Hardware.ShouldAllBe(h => Lines.Any(line => line.StartsWith(h.Name + " ", StringComparison.Ordinal)));
        Lines.ShouldAllBe(line => line.Length <= 80);
        Lines.ShouldContain("h100              accelerator   989 TFLOP/s bf16  700 W    150 kg  2.95 $/h");
        Lines.ShouldContain("v100              accelerator   125 TFLOP/s fp16  330 W    150 kg");
    }

    [Fact]
    public async Task A_filter_leaves_what_has_it_in_name_label_or_kind()
    {
        (await _shell.Run("hardware", "list", "board")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines[2..^2].Select(line => line.Split(' ')[0]).ShouldBe(["jetson-orin-nano", "raspberry-pi-5"]);
    }

    [Fact]
    public async Task A_device_is_shown_with_ranges_and_where_each_figure_is_from()
    {
        (await _shell.Run("hardware", "show", "RTX 4090")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines[0].ShouldBe("rtx-4090: NVIDIA GeForce RTX 4090 (accelerator)");
        Lines.ShouldContain("peak bf16  165 TFLOP/s, modelled");
        Lines.ShouldContain("embodied   150 kg (60 kg to 318 kg), assumed");
        Lines.ShouldContain("purchase   1,599 $, modelled");
        Lines.Count(line => line.StartsWith("           https://", StringComparison.Ordinal)).ShouldBeGreaterThan(4);
        Lines.ShouldAllBe(line => line.Length <= 80 || line.Contains("https://"));
    }

    [Fact]
    public async Task A_misspelt_name_is_refused_with_the_nearest()
    {
        (await _shell.Run("hardware", "show", "a10")).ShouldBe(ExitCode.BadInput);

        _shell.Error.ShouldStartWith("atoll: There is no hardware 'a10' in the catalog; did you mean 'a100'?");
    }

    [Fact]
    public async Task A_price_of_ones_own_stands_in_the_place_of_Atolls_once()
    {
        string file = _shell.Write("ours.csv", "hardware,label,kind,figure,value,low,high,unit,basis,source,year,url,note\nh100,,,price,2.1,,,$/h,measured,Our contract,2026,,\n");

        (await _shell.Run("hardware", "list", "h100", "--catalog", file)).ShouldBe(ExitCode.Success, _shell.Error);

        Lines[2..^2].Single().ShouldEndWith("2.1 $/h  NVIDIA H100 SXM");
    }

    [Fact]
    public async Task Json_is_in_base_units()
    {
        (await _shell.Run("hardware", "show", "h100", "--json")).ShouldBe(ExitCode.Success, _shell.Error);

        JsonElement h100 = JsonDocument.Parse(_shell.Output).RootElement[0];
        h100.GetProperty("peak").GetProperty("bf16").GetProperty("value").GetDouble().ShouldBe(989e12);
        h100.GetProperty("embodied").GetProperty("high").GetDouble().ShouldBe(575_000);
        h100.GetProperty("embodied").GetProperty("unit").GetString().ShouldBe("g");
        h100.TryGetProperty("achieved", out _).ShouldBeFalse();
    }
}
