using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis;

/// <summary>An arm as it is weighed against others.</summary>
internal sealed record Alternative(string Name, string Kind, IArmModel Model)
{
    /// <summary>What becomes of raw data.</summary>
    public RawDataMovement RawData { get; init; }

    /// <summary>For sentences: a site of its own reads <c>lulea alone</c>.</summary>
    public string Words => Kind == "centralized" ? $"{Name} alone" : Name;
}
