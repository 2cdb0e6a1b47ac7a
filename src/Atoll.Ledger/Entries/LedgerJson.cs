using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Atoll.Ledger.Heads;

namespace Atoll.Ledger.Entries;

/// <summary>JSON of what a ledger holds. Members that are not known are kept, not refused: a kind's fields may grow.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunCreated))]
[JsonSerializable(typeof(SiteEnrolled))]
[JsonSerializable(typeof(SiteLost))]
[JsonSerializable(typeof(SiteReturned))]
[JsonSerializable(typeof(EnrolmentClosed))]
[JsonSerializable(typeof(SitePrepared))]
[JsonSerializable(typeof(TrainingBegun))]
[JsonSerializable(typeof(TaskFailed))]
[JsonSerializable(typeof(ArmFinished))]
[JsonSerializable(typeof(RoundOpened))]
[JsonSerializable(typeof(ModelPublished))]
[JsonSerializable(typeof(TaskTaken))]
[JsonSerializable(typeof(UpdateReceived))]
[JsonSerializable(typeof(UpdateRejected))]
[JsonSerializable(typeof(RoundAggregated))]
[JsonSerializable(typeof(RoundAbandoned))]
[JsonSerializable(typeof(MeterReading))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(RunFinished))]
[JsonSerializable(typeof(RunAborted))]
[JsonSerializable(typeof(SignedTreeHead))]
[JsonSerializable(typeof(SignedStatement))]
[JsonSerializable(typeof(KeptHead))]
[JsonSerializable(typeof(EntryProof))]
internal sealed partial class LedgerJson : JsonSerializerContext
{
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>?)Default.GetTypeInfo(typeof(T))
        ?? throw new ArgumentException($"The JSON of {typeof(T).Name} is not known here: append it as EntryDraft.Of(kind, data, type).");
}
