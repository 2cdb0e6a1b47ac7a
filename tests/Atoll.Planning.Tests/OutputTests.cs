using Atoll.Planning.Models;

namespace Atoll.Planning.Tests;

public sealed class OutputTests
{
    [Fact]
    public void No_two_outputs_have_one_name() => Output.All.Select(o => o.Name).ShouldBeUnique();

    [Theory]
    [InlineData("carbon-kg.location-based")]
    [InlineData("carbonKg.locationBased")]
    public void An_output_is_found_by_the_name_in_plans_and_by_that_in_the_JSON(string name) => Output.Find(name)!.Name.ShouldBe("carbon-kg.location-based");
}
