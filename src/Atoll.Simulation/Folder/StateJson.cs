using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Folder;

/// <summary>Strict JSON for what an unfinished run keeps.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ArmProgress))]
[JsonSerializable(typeof(RunState))]
internal sealed partial class StateJson : JsonSerializerContext;

/// <summary>What an unfinished run must remember of how it was asked.</summary>
/// <param name="Atoll">The version that began it.</param>
/// <param name="Data">SHA-256 of the rows it began with, of the first seed: those of the others stand in their checkpoints.</param>
internal sealed record RunState(string Atoll, int Repeat, string Data);
