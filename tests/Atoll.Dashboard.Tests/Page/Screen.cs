namespace Atoll.Dashboard.Tests.Page;

/// <summary>What a reader has in front of them.</summary>
public sealed record Screen(string Name, int Width, int Height)
{
    public static readonly Screen Laptop = new("laptop", 1366, 900);
    public static readonly Screen Phone = new("phone", 390, 844) { Scale = 2 };
    public static readonly Screen SmallPhone = new("small-phone", 360, 640);

    public float Scale { get; init; } = 1;

    public bool IsDark { get; init; }

    public bool HasScript { get; init; } = true;

    public override string ToString() => $"{Name}-{(IsDark ? "dark" : "light")}";
}
