using System.Text.Json;

namespace Atoll.Federation.Tests.Fixtures;

/// <summary>Numbers from an independent implementation; <c>make_fixtures.py</c> makes them.</summary>
internal static class Fixture
{
    public static JsonElement Read(string name)
    {
        using Stream stream = typeof(Fixture).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        return JsonDocument.Parse(stream).RootElement;
    }

    public static float[] FromBits(JsonElement bits) => [.. bits.EnumerateArray().Select(b => BitConverter.UInt32BitsToSingle(b.GetUInt32()))];

    public static double[] Numbers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(n => n.GetDouble())];
}
