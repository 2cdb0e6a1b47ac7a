namespace Atoll.Learning.Models;
public sealed record NiidBenchCnn : IModel
{
    public Network Build(Shape sample, int classes) => throw new NotImplementedException();
}
