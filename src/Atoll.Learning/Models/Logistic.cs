namespace Atoll.Learning.Models;
public sealed record Logistic : IModel
{
    public Network Build(Shape sample, int classes) => throw new NotImplementedException();
}
