using System.Text.Json.Serialization;

namespace Atoll.Planning.Results;

/// <summary>How much of the raw data leaves the sites where it lies, from the most private down.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RawDataMovement>))]
public enum RawDataMovement
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("part")]
    Part,

    [JsonStringEnumMemberName("all")]
    All,
}
