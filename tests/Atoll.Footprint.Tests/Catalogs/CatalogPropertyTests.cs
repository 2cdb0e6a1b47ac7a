using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;

namespace Atoll.Footprint.Tests.Catalogs;

public sealed class CatalogPropertyTests
{
    private static readonly IReadOnlyList<PlainFigure> Figures = EveryFigure.Of(Catalog.BuiltIn);

    [Fact]
    public void Every_table_is_there()
    {
        Catalog.BuiltIn.Grids.Count(g => g.FactorSet == "ember-2024").ShouldBe(45); // 44 countries and the world
        Catalog.BuiltIn.Hardware.Count.ShouldBeGreaterThan(15);
        Figures.Count.ShouldBeGreaterThan(240);
    }

    [Fact]
    public void Every_value_is_finite_not_negative_and_within_its_range() =>
        Figures.ShouldAllBe(f => f.Low >= 0 && f.Low <= f.Value && f.Value <= f.High && double.IsFinite(f.High));

    [Fact]
    public void Every_figure_has_a_source() => Figures.ShouldAllBe(f => f.Origin.Source.Length > 3);

    [Fact]
    public void What_is_not_assumed_has_a_year_a_link_or_a_note() =>
        Figures.Where(f => f.Origin.Basis != Basis.Assumed).ShouldAllBe(f => f.Origin.Year != null || f.Origin.Url != null || f.Origin.Note != null);

    [Fact]
    public void What_is_assumed_says_why() => Figures.Where(f => f.Origin.Basis == Basis.Assumed).ShouldAllBe(f => f.Origin.Note != null);

    [Fact]
    public void Every_name_and_label_finds_its_own_entry()
    {
        Catalog.BuiltIn.Hardware.ShouldAllBe(h => Catalog.BuiltIn.HardwareNamed(h.Name) == h && Catalog.BuiltIn.HardwareNamed(h.Label) == h);
        Catalog.BuiltIn.Grids.ShouldAllBe(g => Catalog.BuiltIn.Grid(g.Name, g.FactorSet) == g && Catalog.BuiltIn.Grid(g.Label, g.FactorSet) == g);
        Catalog.BuiltIn.Grids.ShouldAllBe(g => g.Aliases.All(alias => Catalog.BuiltIn.Grid(alias, g.FactorSet) == g));
    }

    [Fact]
    public void A_waiting_device_takes_no_more_than_a_working_one() => Catalog.BuiltIn.Hardware.ShouldAllBe(h => h.IdlePower.Value <= h.Power.Value);

    [Fact]
    public void Every_grid_of_a_country_names_one_that_Ember_has() =>
        Catalog.BuiltIn.Grids.Select(g => g.Country).Distinct().ShouldBeSubsetOf(Catalog.BuiltIn.Grids.Where(g => g.FactorSet == "ember-2024").Select(g => g.Name));
}
