using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Canonical;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CanonicalContext : JsonSerializerContext;
