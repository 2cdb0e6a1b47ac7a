namespace Atoll.Learning.Models;
public sealed record McMahanCnn : IModel
{
    public Network Build(Shape sample, int classes) => throw new NotImplementedException();
}
