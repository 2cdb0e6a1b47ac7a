using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Tests.Data.Schema;

/// <summary>Values that may be one and are written as two.</summary>
public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("yes", "Yes")]
    [InlineData("yes", " yes")]
    [InlineData("never smoked", "never_smoked")]
    [InlineData("never smoked", "Never - smoked ")]
    [InlineData("never smoked", "never\u00a0smoked")]
    public void Another_way_to_write_a_value_looks_like_it(string there, string here) =>
        Label(here, "no").LookAlikes(Label(there, "no")).ShouldBe([new("outcome", here, there)]);

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("1", "-1")]
    [InlineData("A", "A-")]
    [InlineData("A", "B")]
    [InlineData("grade 1", "grade1")]
    public void Another_value_does_not(string there, string here) => Label(here, "x").LookAlikes(Label(there, "x")).ShouldBeEmpty();

    [Fact]
    public void A_table_that_has_both_means_two()
    {
        Label("a", "A").LookAlikes(Label("a", "b")).ShouldBeEmpty();
        Label("a", "b").LookAlikes(Label("a", "A")).ShouldBeEmpty();
    }

    [Fact]
    public void Columns_are_compared_by_name_and_numbers_not_at_all()
    {
        TableSummary here = Table(Text("sex", "Female"), new() { Name = "x", IsNumeric = true, Levels = ["1"] }), there = Table(new() { Name = "x", IsNumeric = true, Levels = ["1.0"] }, Text("sex", "female", "male"));

        here.LookAlikes(there).ShouldBe([new("sex", "Female", "female")]);
    }

    private static TableSummary Label(params string[] levels) => Table() with { Label = Text("outcome", levels) };

    private static TableSummary Table(params ColumnSummary[] columns) => new() { Columns = columns, Label = new() { Name = "y", IsNumeric = true } };

    private static ColumnSummary Text(string name, params string[] levels) => new() { Name = name, IsNumeric = false, Levels = levels };
}
