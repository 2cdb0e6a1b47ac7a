using Atoll.Experiments;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Sites;

/// <summary>All that the model of an arm is made from.</summary>
internal sealed class ArmContext
{
    public required string ArmName { get; init; }

    public required WorkloadInputs Workload { get; init; }

    /// <summary>All sites, in the file's order.</summary>
    public required IReadOnlyDictionary<string, SiteInputs> Sites { get; init; }

    /// <summary>The links that the arm goes over.</summary>
    public required Network Network { get; init; }

    /// <summary>Names of all links of the plan.</summary>
    public IEnumerable<string> Lines { get; init; } = [];

    /// <summary>Where an arm notes inputs of its own, by paths such as <c>arms.islands.availability</c>.</summary>
    public required InputTable Inputs { get; init; }

    public required StrictFile<Plan> File { get; init; }

    /// <summary>What a reader must know.</summary>
    public required List<string> Notes { get; init; }

    /// <summary>The path of one of the arm's fields in the file: <c>arms.islands.sites</c>.</summary>
    public string Path(string field) => $"arms.{ArmName}.{field}";

    /// <summary>Notes that a field of the arm is wrong; the model need not be made then.</summary>
    /// <param name="message">As in <see cref="StrictFile{T}.Refuse"/>.</param>
    public void Refuse(string field, string message) => File.Refuse(Path(field), message);
}
