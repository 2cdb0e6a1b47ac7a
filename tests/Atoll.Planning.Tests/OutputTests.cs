using Atoll.Planning.Models;

namespace Atoll.Planning.Tests;

public sealed class OutputTests
{
    [Fact]
    public void No_two_outputs_have_one_name() => Output.All.Select(o => o.Name).ShouldBeUnique();
}
