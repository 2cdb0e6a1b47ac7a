namespace Atoll.Planning.Sites;

/// <summary>How some sites exchange with each other.</summary>
/// <param name="Routes">Of a ring: from each site to the next, the last to the first. Of a tree: from the site nearer the first to the one behind it, outward.</param>
internal sealed record Topology(Shape Shape, IReadOnlyList<SiteInputs> Sites, IReadOnlyList<Route> Routes);

/// <summary>The form of a topology.</summary>
internal enum Shape
{
    /// <summary>Two sites and the way between them.</summary>
    Pair,

    /// <summary>Three or more, each linked with the next and the last with the first.</summary>
    Ring,

    /// <summary>Three or more, with one way between each two.</summary>
    Tree,
}
