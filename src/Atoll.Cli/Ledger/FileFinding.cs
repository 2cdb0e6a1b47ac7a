using System.Text.Json.Serialization;

namespace Atoll.Cli.Ledger;

/// <summary>What holding a file against the ledger came to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileState>))]
internal enum FileState
{
    [JsonStringEnumMemberName("holds")]
    Holds,

    [JsonStringEnumMemberName("differs")]
    Differs,

    [JsonStringEnumMemberName("not-checked")]
    NotChecked,
}

/// <summary>A file of a run's folder, held against the ledger.</summary>
/// <param name="File">From the folder, with slashes.</param>
/// <param name="Text">What was checked, what differs, or why it was not checked: a clause without capital and full stop.</param>
/// <param name="Named">The SHA-256 that it must have; null where nothing names one.</param>
/// <param name="Actual">The one that it has; null where that was not found out.</param>
internal sealed record FileFinding(string File, FileState State, string Text, string? Named = null, string? Actual = null)
{
    /// <summary>Whether the result rests on it: the experiment, the models that the ledger names, the result itself.</summary>
    [JsonIgnore]
    public bool IsOfResult { get; init; }
}
