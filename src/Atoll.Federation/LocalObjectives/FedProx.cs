namespace Atoll.Federation.LocalObjectives;

public sealed record FedProx : ILocalObjective
{
    public required float Mu { get; init => field = Require.AtLeast(0f, value); }
    public float Proximal => Mu;
}
