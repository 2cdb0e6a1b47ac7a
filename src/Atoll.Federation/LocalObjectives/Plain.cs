namespace Atoll.Federation.LocalObjectives;

/// <summary>The site's own loss and nothing else: <c>g</c>.</summary>
/// <remarks>McMahan et al., 2017, Algorithm 1. <see href="https://arxiv.org/abs/1602.05629"/></remarks>
public sealed record Plain : ILocalObjective;
