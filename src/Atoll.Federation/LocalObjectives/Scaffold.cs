namespace Atoll.Federation.LocalObjectives;

public sealed record Scaffold : ILocalObjective
{


}
