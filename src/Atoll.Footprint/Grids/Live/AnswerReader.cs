using System.Globalization;
using System.Text.Json;

namespace Atoll.Footprint.Grids.Live;

/// <summary>Reads fields of a service's answer and says which is not what it must be.</summary>
internal readonly record struct AnswerReader(LiveService Service, JsonElement At, string Path)
{
    private const string Whole = "the answer";

    private static readonly string[] s_times = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static AnswerReader Of(LiveService service, JsonElement root) => new(service, root, Whole);

    public AnswerReader Field(string name) => At.ValueKind == JsonValueKind.Object && At.TryGetProperty(name, out JsonElement value)
        ? new(Service, value, Below(name))
        : throw Wrong($"must have a field '{name}'", Shown());

    public AnswerReader? Optional(string name) =>
        At.ValueKind == JsonValueKind.Object && At.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? new(Service, value, Below(name)) : null;

    private string Below(string name) => Path == Whole ? name : $"{Path}.{name}";

    public IReadOnlyList<AnswerReader> Items()
    {
        if (At.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("must be a list", Shown());
        }
        List<AnswerReader> items = [];
        foreach (JsonElement item in At.EnumerateArray())
        {
            items.Add(new(Service, item, $"{Path}[{items.Count}]"));
        }
        return items;
    }

    public bool IsNull => At.ValueKind == JsonValueKind.Null;

    public string Text() => At.ValueKind == JsonValueKind.String ? At.GetString()! : throw Wrong("must be text", Shown());

    public DateTimeOffset Time() => DateTimeOffset.TryParseExact(Text(), s_times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        ? time
        : throw Wrong("must be a time such as 2018-01-20T12:00Z", Shown());

    public bool? Flag() => At.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>Multiplied, in g/kWh; null for null.</summary>
    public double? Intensity(double factor = 1)
    {
        if (IsNull)
        {
            return null;
        }
        double value = At.ValueKind == JsonValueKind.Number && At.TryGetDouble(out double number) ? number * factor : double.NaN;
        return value is >= 0 and <= TraceFile.MostIntensity ? value : throw Wrong($"must be an intensity from 0 to {TraceFile.MostIntensity} g/kWh", Shown());
    }

    public LiveGridException Wrong(string must, string was) => new(LiveFault.NotUnderstood, $"{Service.Title()}: {Path} {must} (was {was}).");

    public string Shown() => LiveConnection.Excerpt(At.GetRawText());
}
