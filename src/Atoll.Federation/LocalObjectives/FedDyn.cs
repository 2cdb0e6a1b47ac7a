namespace Atoll.Federation.LocalObjectives;

public sealed record FedDyn : ILocalObjective
{
    public float Alpha { get; init => field = Require.MoreThan(0f, value); } = 0.01f;

}
