namespace Atoll.Learning.Tests.Fixtures;

public sealed class DrawTests
{
    [Fact]
    public void Both_sides_draw_the_same_numbers() =>
        Fixture.Read<float[]>("draw.json").ShouldBe([.. Draw.Numbers(12, 1), .. Draw.Numbers(12, 7, 3)]);
}
