namespace Atoll.Federation.LocalObjectives;

public sealed record Plain : ILocalObjective
{


}
