using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Client.Live;

namespace Atoll.Cli.Joining;

/// <summary>A line for each event: text with the time of day, or JSON.</summary>
internal sealed class NewsLines(TextWriter? json, Terminal terminal, TimeZoneInfo zone)
{
    private readonly Lock _lock = new();

    public void Write(SiteNews news)
    {
        lock (_lock)
        {
            if (json is not null)
            {
                json.WriteLine(JsonSerializer.Serialize(news, NewsJson.Default.SiteNews));
                json.Flush();
            }
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(news.Time, zone):HH:mm:ss}  {news.Text}"));
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SiteNews))]
internal sealed partial class NewsJson : JsonSerializerContext;
