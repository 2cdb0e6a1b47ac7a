using System.Text.Json;
using Atoll.Footprint.Catalogs;

namespace Atoll.Cli.Tests.Catalogs;

public sealed class GridCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    private string[] Lines => _shell.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_list_names_every_grid_in_80_columns()
    {
        (await _shell.Run("grid", "list")).ShouldBe(ExitCode.Success, _shell.Error);

        Catalog.BuiltIn.Grids.ShouldAllBe(grid => Lines.Any(line => line.StartsWith(grid.Name + " ", StringComparison.Ordinal)));
        Lines.ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task The_name_of_a_country_finds_its_zones_and_cloud_regions_too()
    {
        (await _shell.Run("grid", "list", "SWEDEN")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines[0].ShouldBe("name              g/kWh  factor set             scope   where");
        Lines[2].ShouldBe("SE                 35.9  ember-2024             LCA     Sweden");
        Lines[3].ShouldBe("SE1                15.9  electricity-maps-2022  LCA     Northern Sweden");
        Lines[7].ShouldBe("google/stockholm   2.73  google-2024            direct  Google, Stockholm");
        Lines[8].ShouldBeEmpty();
    }

    [Fact]
    public async Task One_set_of_factors_can_be_asked_for()
    {
        (await _shell.Run("grid", "list", "germany", "--factor-set", "electricity-maps-2022")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines.Where(line => line.StartsWith("DE ", StringComparison.Ordinal)).Single().ShouldContain("481.5");
        _shell.Output.ShouldNotContain("ember");
    }

    [Theory]
    [InlineData("--factor-set must be one of ember-2024, electricity-maps-2022, google-2024 (was 'x').", "grid", "list", "--factor-set", "x")]
    [InlineData("No grid has 'swden' in its name; did you mean 'Sweden'?", "grid", "list", "swden")]
    [InlineData("There is no grid 'Germny' in the catalog; did you mean 'Germany'? All of them: atoll grid list.", "grid", "show", "Germny")]
    [InlineData("There is no catalog file 'gone.csv'.", "grid", "list", "--catalog", "gone.csv")]
    public async Task What_is_not_there_is_bad_input(string message, params string[] args)
    {
        (await _shell.Run(args)).ShouldBe(ExitCode.BadInput);

        _shell.Error.TrimEnd().ShouldBe($"atoll: {message}");
        _shell.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_grid_is_shown_in_every_set_with_source_year_link_and_scope()
    {
        (await _shell.Run("grid", "show", "germany")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines.ShouldBe([
            "DE: Germany",
            "",
            "ember-2024 (taken where no set is named)",
            "  mean     342.1 g/kWh, modelled",
            "           Ember, Yearly Electricity Data, 2024",
            "           National mean of generation over the year; imports are not in it.",
            "           https://ember-energy.org/data/yearly-electricity-data/",
            "  scope    life cycle: building plants and making fuel is in it",
            "",
            "electricity-maps-2022",
            "  mean     481.5 g/kWh, modelled",
            "           Electricity Maps, yearly data by zone, 2022",
            "           Annual mean of consumption, flows between zones traced.",
            "           https://portal.electricitymaps.com/datasets",
            "  scope    life cycle: building plants and making fuel is in it",
        ]);
    }

    [Fact]
    public async Task A_cloud_region_says_that_it_is_direct_and_its_carbon_free_share()
    {
        (await _shell.Run("grid", "show", "google/frankfurt")).ShouldBe(ExitCode.Success, _shell.Error);

        Lines.ShouldContain("  mean     275.82 g/kWh, modelled");
        Lines.ShouldContain("  scope    direct: what is emitted in making the electricity, alone");
        Lines.ShouldContain("  clean    68 % of its energy is carbon-free");
    }

    [Fact]
    public async Task A_grid_of_ones_own_goes_before_Atolls()
    {
        string file = _shell.Write("ours.csv", """
            grid,label,aliases,country,factor-set,scope,carbon-free,value,low,high,unit,basis,source,year,url,note
            DE,Our contract,,DE,ours,direct,,12,10,14,g/kWh,measured,The bill,2025,,
            """);

        (await _shell.Run("grid", "show", "DE", "--catalog", file)).ShouldBe(ExitCode.Success, _shell.Error);

        Lines[0].ShouldBe("DE: Our contract");
        Lines[2].ShouldBe("ours (taken where no set is named)");
        Lines[3].ShouldBe("  mean     12 (10 to 14) g/kWh, measured");
    }

    [Fact]
    public async Task A_bad_catalog_file_is_refused_with_file_line_and_column()
    {
        string file = _shell.Write("ours.csv", "egress,label,value,low,high,unit,basis,source,year,url,note\nx,,-1,,,$/GB,measured,us,,,\n");

        (await _shell.Run("grid", "list", "--catalog", file)).ShouldBe(ExitCode.BadInput);

        _shell.Error.TrimEnd().ShouldBe($"atoll: {file}:2: value must be a finite number from 0 (was '-1').");
    }

    [Fact]
    public async Task Json_has_every_digit_and_where_it_is_from()
    {
        (await _shell.Run("grid", "show", "google/stockholm", "--json")).ShouldBe(ExitCode.Success, _shell.Error);

        JsonElement grid = JsonDocument.Parse(_shell.Output).RootElement.EnumerateArray().Single();
        grid.GetProperty("factorSet").GetString().ShouldBe("google-2024");
        grid.GetProperty("isLifeCycle").GetBoolean().ShouldBeFalse();
        grid.GetProperty("carbonFree").GetDouble().ShouldBe(1);
        JsonElement intensity = grid.GetProperty("intensity");
        (intensity.GetProperty("value").GetDouble(), intensity.GetProperty("unit").GetString(), intensity.GetProperty("basis").GetString()).ShouldBe((2.73, "g/kWh", "modelled"));
        intensity.GetProperty("year").GetInt32().ShouldBe(2024);
    }

    [Fact]
    public async Task The_list_as_json_has_every_grid()
    {
        (await _shell.Run("grid", "list", "--json")).ShouldBe(ExitCode.Success, _shell.Error);

        JsonDocument.Parse(_shell.Output).RootElement.GetArrayLength().ShouldBe(Catalog.BuiltIn.Grids.Count);
    }
}
