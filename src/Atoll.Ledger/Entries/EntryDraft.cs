using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Atoll.Ledger.Entries;

/// <summary>What is to be appended; index, time and the hash before it are given by the ledger.</summary>
/// <param name="Kind">One of <see cref="EntryKind"/>, or another: lower-case letters, digits and hyphens.</param>
/// <param name="Data">An object.</param>
public sealed record EntryDraft(string Kind, JsonElement Data)
{
    public static EntryDraft Of<T>(T data) where T : IEntryData => Of(T.Kind, data, LedgerJson.Of<T>());

    /// <summary>A kind with fields of one's own.</summary>
    public static EntryDraft Of<T>(string kind, T data, JsonTypeInfo<T> type) => new(kind, JsonSerializer.SerializeToElement(data, type));
}
