using System.Globalization;
using System.Text.Json;
using Atoll.Ledger.Entries;

namespace Atoll.Cli.Ledger;

/// <summary>An entry in one line for people: index, time, kind, and what its data says, long values cut short.</summary>
internal static class EntryText
{
    private const int HashDigits = 64, ShownDigits = 12, Longest = 60;

    public static string Of(LedgerEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Index,6}  {entry.Time:yyyy-MM-dd HH:mm:ss}  {entry.Kind,-16}  {Data(entry)}").TrimEnd();

    private static string Data(LedgerEntry entry) => string.Join("  ", entry.Data.EnumerateObject().Where(member => member.Name is not "signature").Select(Text));

    private static string Text(JsonProperty member) => member.Name switch
    {
        "signed" => "(signed)",
        "site" or "kind" or "reason" when member.Value.ValueKind == JsonValueKind.String => member.Value.GetString()!,
        _ => $"{member.Name} {Short(member.Value)}",
    };

    private static string Short(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length == HashDigits && value.ValueKind == JsonValueKind.String ? text[..ShownDigits] + "…"
            : text.Length > Longest ? text[..Longest] + "…" : text;
    }
}
