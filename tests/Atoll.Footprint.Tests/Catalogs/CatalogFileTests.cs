using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Catalogs;

public sealed class CatalogFileTests : IDisposable
{
    private const string Figure = "value,low,high,unit,basis,source,year,url,note";
    private const string GridHeader = "grid,label,aliases,country,factor-set,scope,carbon-free," + Figure;
    private const string HardwareHeader = "hardware,label,kind,figure," + Figure;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_users_grid_goes_before_ours_which_stays_in_its_set()
    {
        Catalog catalog = With($"{GridHeader}\nDE,Our contract,,DE,ours,direct,0.9,55,50,60,kg/MWh,measured,The bill,2025,https://example.org/bill,A wind park\n");

        GridEntry grid = catalog.Grid("DE");
        (grid.FactorSet, grid.IsLifeCycle, grid.CarbonFree, grid.Label).ShouldBe(("ours", false, 0.9, "Our contract"));
        (grid.Intensity.Value.Value, grid.Intensity.Low.Value, grid.Intensity.High.Value).ShouldBe((55, 50, 60));
        grid.Intensity.Origin.ShouldBe(new() { Basis = Basis.Measured, Source = "The bill", Year = 2025, Url = "https://example.org/bill", Note = "A wind park" });
        catalog.Grid("DE", "ember-2024").Intensity.Value.Value.ShouldBe(342.1);
        catalog.FactorSetsOf("DE").ShouldBe(["ours", "ember-2024", "electricity-maps-2022"]);
        Catalog.BuiltIn.FactorSetsOf("DE").Count.ShouldBe(2);
    }

    [Fact]
    public void A_figure_of_known_hardware_is_changed_and_the_others_stay()
    {
        HardwareEntry ours = With($"{HardwareHeader}\nH100,,,price,2.1,,,$/h,measured,Our contract,2026,,\n").HardwareNamed("h100");

        HardwareEntry before = Catalog.BuiltIn.HardwareNamed("h100");
        ours.Price!.Value.Value.ShouldBe(2.1);
        (ours.Name, ours.Label, ours.Kind, ours.Power, ours.Embodied).ShouldBe((before.Name, before.Label, before.Kind, before.Power, before.Embodied));
        ours.Peak.ShouldBe(before.Peak);
    }

    [Fact]
    public void Hardware_of_ones_own_needs_what_a_plan_must_know()
    {
        string rows = "box,A box,board,power,12,,,W,measured,Meter,2026,,\nbox,,,idle-power,2,,,W,measured,Meter,2026,,\nbox,,,lifetime,5,,,y,assumed,Us,,,\n";

        With($"{HardwareHeader}\n{rows}box,,,embodied,20,,,kg,assumed,Us,,,\n").HardwareNamed("Box").Lifetime.Value.In(Time.Year).ShouldBe(5);
        Refusal($"{HardwareHeader}\n{rows}").ShouldContain("must be embodied in one of this entry's rows");
    }

    [Fact]
    public void Every_table_can_be_extended()
    {
        With($"operator,label,figure,{Figure}\nus,We,pue,1.3,,,,measured,Meter,2026,,\n").OperatorNamed("us").Pue.Value.Value.ShouldBe(1.3);
        With($"network,label,{Figure}\nradio,Our radio,2,,,Wh/GB,measured,Meter,2026,,\n").NetworkNamed("our radio").Energy.Value.Value.ShouldBe(0.002);
        With($"electricity,label,{Figure}\nKE,Kenya,120,,,$/MWh,measured,Bill,2026,,\n").ElectricityOf("kenya")!.Price.Value.Value.ShouldBe(0.12, 1e-12);
        With($"egress,label,{Figure}\nnren,Research network,0,,,$/GB,measured,Contract,2026,,\n").EgressOf("nren").Price.Value.Value.ShouldBe(0);
        With($"transit,label,{Figure}\nlulea,Luleå,900,,,$/Gbit/s-month,measured,Offer,2026,,\n").TransitOf("Luleå").Price.Value.Value.ShouldBe(0.9, 1e-12);
        With($"fibre,label,{Figure}\nlake,Through a lake,60,,,$/km,measured,Offer,2026,,\n").FibreOf("lake").Price.Value.Value.ShouldBe(0.06, 1e-12);
        With($"water,label,{Figure}\nPL,Poland,1.9,,,L/kWh,assumed,Us,,,\n").OffSiteWaterOf("PL").Value.Value.ShouldBe(1.9);
    }

    [Fact]
    public void Columns_may_stand_in_another_order_and_cells_may_be_quoted() =>
        With("egress,value,unit,low,high,label,note,url,year,source,basis\n\"x\",0.5,$/GB,,,\"Ours, mostly\",,,,Bill,measured\n").EgressOf("Ours, mostly").Price.Value.Value.ShouldBe(0.5);

    [Fact]
    public void A_spreadsheets_byte_order_mark_and_line_ends_are_read()
    {
        File.WriteAllText(_file, $"egress,label,{Figure}\r\nx,,0.5,,,$/GB,measured,us,,,\r\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Catalog.BuiltIn.With(_file).EgressOf("x").Price.Value.Value.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("value,x", "2: value must be a finite number from 0 (was 'x').")]
    [InlineData("value,-1", "2: value must be a finite number from 0 (was '-1').")]
    [InlineData("value,NaN", "2: value must be a finite number from 0 (was 'NaN').")]
    [InlineData("value,1e999", "2: value must be a finite number from 0 (was '1e999').")]
    [InlineData("value,\"1,5\"", "2: value must be a finite number from 0 (was '1,5').")]
    [InlineData("value,", "2: value must be given (was empty).")]
    [InlineData("low,11", "2: low must be at most the value, 10 (was '11').")]
    [InlineData("high,9", "2: high must be at least the value, 10 (was '9').")]
    [InlineData("low,", "2: low must be given where high is (was empty).")]
    [InlineData("unit,W", "2: unit must be that of a carbon intensity, one of g/kWh, kg/kWh, lb/kWh, lb/MWh (was 'W').")]
    [InlineData("basis,guessed", "2: basis must be one of measured, modelled, assumed (was 'guessed').")]
    [InlineData("source,", "2: source must be given (was empty).")]
    [InlineData("year,24", "2: year must be empty or a year from 1990 to 2100 (was '24').")]
    [InlineData("url,example.org", "2: url must be empty or begin with https:// or http:// (was 'example.org').")]
    [InlineData("scope,scope 2", "2: scope must be one of life-cycle, direct (was 'scope 2').")]
    [InlineData("carbon-free,1.1", "2: carbon-free must be empty or a share from 0 to 1 (was '1.1').")]
    [InlineData("factor-set,", "2: factor-set must be given (was empty).")]
    [InlineData("grid,", "2: grid must be given (was empty).")]
    public void A_bad_cell_is_refused_with_line_column_and_what_it_was(string change, string end)
    {
        Dictionary<string, string> cells = new()
        {
            ["grid"] = "XX", ["label"] = "", ["aliases"] = "", ["country"] = "XX", ["factor-set"] = "ours", ["scope"] = "direct", ["carbon-free"] = "",
            ["value"] = "10", ["low"] = "9", ["high"] = "11", ["unit"] = "g/kWh", ["basis"] = "measured", ["source"] = "us", ["year"] = "2024", ["url"] = "", ["note"] = "",
        };
        string column = change[..change.IndexOf(',', StringComparison.Ordinal)];
        cells[column] = change[(column.Length + 1)..];

        Refusal($"{GridHeader}\n{string.Join(',', GridHeader.Split(',').Select(c => cells[c]))}\n").ShouldBe($"{_file}:{end}");
    }

    [Theory]
    [InlineData("grd," + Figure + "\n", ":1: the header must begin with one of grid, hardware, operator, network, electricity, egress, transit, fibre, water (was 'grd'); did you mean 'grid'?")]
    [InlineData("egress,label,value,low,high,unit,basis,sauce,year,url,note\n", ":1: a table of 'egress' must have the columns egress, label, value, low, high, unit, basis, source, year, url, note (was 'sauce'); did you mean 'source'?")]
    [InlineData("egress,label,value,low,high,unit,basis,source,year,url\n", ":1: a table of 'egress' must have the columns egress, label, value, low, high, unit, basis, source, year, url, note, but note is missing.")]
    [InlineData("egress,label,label,value,low,high,unit,basis,source,year,url,note\n", ":1: a column must be there once, but 'label' is there 2 times.")]
    [InlineData("egress,label," + Figure + "\n", " must have at least one row below its header, but has none.")]
    [InlineData("", " must have at least one row below its header, but is empty (or a pipe or a device, which are not read).")]
    [InlineData("egress,label," + Figure + "\nx,,1,,,$/GB,measured,us,,\n", ":2: a row must have 11 cells as the header has, but this one has 10.")]
    [InlineData("egress,label," + Figure + "\nx,,1,,,$/GB,measured,us,,,\nX,,2,,,$/GB,measured,us,,,\n", ":3: egress must be given once, but line 2 gives X already (was 'X').")]
    [InlineData(HardwareHeader + "\nrtx 4090,,,power,1,,,W,measured,us,,,\nRTX-4090,,,power,2,,,W,measured,us,,,\n", ":3: hardware must be given once for each figure, but line 2 gives RTX-4090, power already (was 'RTX-4090').")]
    [InlineData(HardwareHeader + "\nbox,,,power,1,,,W,measured,us,,,\n", ":2: kind must be one of accelerator, server, desktop, laptop, phone, board, router (was empty).")]
    [InlineData(HardwareHeader + "\nh100,,,pawer,1,,,W,measured,us,,,\n", ":2: figure must be one of peak-fp64, peak-fp32, peak-tf32, peak-bf16, peak-fp16, peak-fp8, peak-fp4, peak-int8, achieved, power, idle-power, embodied, lifetime, price, purchase (was 'pawer').")]
    [InlineData(HardwareHeader + "\nh100,,toaster,power,1,,,W,measured,us,,,\n", ":2: kind must be one of accelerator, server, desktop, laptop, phone, board, router (was 'toaster').")]
    [InlineData(HardwareHeader + "\nh100,,,lifetime,0,,,y,measured,us,,,\n", ":2: value must be more than 0 (was '0').")]
    [InlineData(HardwareHeader + "\nh100,A,,power,1,,,W,measured,us,,,\nh100,B,,price,1,,,$/h,measured,us,,,\n", ":3: label must be 'A' or empty, as line 2 says 'A' (was 'B').")]
    [InlineData("operator,label,figure," + Figure + "\nus,,pue,0.9,,,,measured,us,,,\n", ":2: value must be at least 1 (was '0.9').")]
    [InlineData("operator,label,figure," + Figure + "\nus,,wue,0.9,,,L/kWh,measured,us,,,\n", ":2: figure must be pue in one of this entry's rows, which the catalog does not know without (was 'wue').")]
    public void A_bad_file_is_refused_with_what_it_must_be(string text, string end) => Refusal(text).ShouldBe(_file + end);

    [Fact]
    public void Quotes_that_do_not_close_are_refused_with_the_line() => Refusal($"egress,label,{Figure}\n\"x,,1\n").ShouldStartWith($"{_file}:2: quotes must enclose a whole cell and close");

    [Fact]
    public void A_file_that_is_not_there_is_said() => Should.Throw<CatalogException>(() => Catalog.BuiltIn.With("gone.csv")).Message.ShouldBe("There is no catalog file 'gone.csv'.");

    [Fact]
    public void A_folder_is_no_file() => Should.Throw<CatalogException>(() => Catalog.BuiltIn.With(Path.GetTempPath())).Message.ShouldContain("cannot be read");

    private Catalog With(string text)
    {
        File.WriteAllText(_file, text);
        return Catalog.BuiltIn.With(_file);
    }

    private string Refusal(string text) => Should.Throw<CatalogException>(() => With(text)).Message;
}
