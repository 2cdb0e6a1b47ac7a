namespace Atoll.Learning.Models;
public sealed record Mlp : IModel
{
    public required IReadOnlyList<int> Hidden { get; init; }
    public Network Build(Shape sample, int classes) => throw new NotImplementedException();
}
