namespace Atoll.Learning.Models;
public sealed record Cnn : IModel
{
    public Network Build(Shape sample, int classes) => throw new NotImplementedException();
}
