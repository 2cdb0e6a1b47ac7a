using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.File;

/// <summary>A plan that was read and checked, with everything resolved to inputs.</summary>
public sealed record PreparedPlan
{
    internal PreparedPlan()
    {
    }

    public required Plan Plan { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string File { get; init; }

    /// <summary>In words: <c>10 B parameters, 200 B tokens</c>.</summary>
    public required string Workload { get; init; }

    public required InputTable Inputs { get; init; }

    internal IReadOnlyDictionary<string, SiteInputs> Sites { get; init; } = new Dictionary<string, SiteInputs>();

    internal Network Network { get; init; } = new(new Dictionary<string, SiteInputs>(), [], new Dictionary<string, LinkInputs>(), []);

    /// <summary>In the file's order.</summary>
    internal IReadOnlyList<PreparedArm> Arms { get; init; } = [];

    /// <summary>What a reader must know: a service that was down and what was used instead, an assumption that matters.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>An arm, ready to be evaluated.</summary>
internal sealed record PreparedArm(string Name, string Kind, IArmModel Model, PrivacyPlan Privacy);
