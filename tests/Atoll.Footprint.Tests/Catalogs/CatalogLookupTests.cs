using Atoll.Footprint.Catalogs;

namespace Atoll.Footprint.Tests.Catalogs;

public sealed class CatalogLookupTests
{
    private static readonly Catalog Catalog = Catalog.BuiltIn;

    [Theory]
    [InlineData("de", "DE")]
    [InlineData("Germany", "DE")]
    [InlineData("united kingdom", "GB")]
    [InlineData("UK", "GB")]
    [InlineData("Québec", "CA-QC")]
    [InlineData("europe-west3", "google/frankfurt")]
    [InlineData("GOOGLE/Stockholm", "google/stockholm")]
    [InlineData("google/northern-virginia", "google/n-virginia")]
    [InlineData("World", "world")]
    public void A_grid_is_found_by_name_label_and_other_names_whatever_their_case(string written, string name) => Catalog.Grid(written).Name.ShouldBe(name);

    [Theory]
    [InlineData("H100", "h100")]
    [InlineData("RTX 4090", "rtx-4090")]
    [InlineData("rtx4090", "rtx-4090")]
    [InlineData("NVIDIA A100 80 GB SXM", "a100")]
    [InlineData("Raspberry Pi 5", "raspberry-pi-5")]
    [InlineData("a100-80gb", "a100")]
    [InlineData("H100 SXM", "h100")]
    [InlineData("nvidia-h100", "h100")]
    [InlineData("Jetson Orin Nano Super", "jetson-orin-nano")]
    [InlineData("GeForce RTX 4090", "rtx-4090")]
    public void Hardware_is_found_whatever_the_spelling(string written, string name) => Catalog.HardwareNamed(written).Name.ShouldBe(name);

    [Fact]
    public void Germany_is_in_two_factor_sets_of_which_Embers_is_the_default()
    {
        Catalog.FactorSetsOf("DE").ShouldBe(["ember-2024", "electricity-maps-2022"]);
        Catalog.Grid("DE").Intensity.Value.Value.ShouldBe(342.1);
        Catalog.Grid("Germany", "Electricity-Maps-2022").Intensity.Value.Value.ShouldBe(481.5);
    }

    [Fact]
    public void A_misspelt_grid_is_refused_with_the_nearest() =>
        Should.Throw<CatalogException>(() => Catalog.Grid("Germny")).Message.ShouldBe("There is no grid 'Germny' in the catalog; did you mean 'Germany'? All of them: atoll grid list.");

    [Fact]
    public void Misspelt_hardware_is_refused_with_the_nearest() =>
        Should.Throw<CatalogException>(() => Catalog.HardwareNamed("h-10")).Message.ShouldStartWith("There is no hardware 'h-10' in the catalog; did you mean 'h100'?");

    [Fact]
    public void A_short_table_is_listed_whole() => Should.Throw<CatalogException>(() => Catalog.OperatorNamed("oracle")).Message
        .ShouldBe("There is no operator 'oracle' in the catalog. Must be one of google, meta, aws, microsoft, industry, on-premises, ambient-air.");

    [Fact]
    public void A_factor_set_that_does_not_have_the_grid_is_refused_with_those_that_do() =>
        Should.Throw<CatalogException>(() => Catalog.Grid("DE", "google-2024")).Message.ShouldBe("The factor set of the grid 'DE' must be one of ember-2024, electricity-maps-2022 (was 'google-2024').");

    [Theory]
    [InlineData("network", "6g")]
    [InlineData("egress price", "ibm")]
    [InlineData("transit price", "moon")]
    [InlineData("kind of fibre", "sea")]
    public void Every_lookup_says_what_it_did_not_find(string what, string name)
    {
        Action[] lookups = [() => Catalog.NetworkNamed(name), () => Catalog.EgressOf(name), () => Catalog.TransitOf(name), () => Catalog.FibreOf(name)];

        lookups.Select(lookup => Should.Throw<CatalogException>(lookup).Message).ShouldContain(message => message.StartsWith($"There is no {what} '{name}'", StringComparison.Ordinal));
    }
}
