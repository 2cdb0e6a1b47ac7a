using System.Text.Json;

namespace Atoll.Learning.Tests.Fixtures;

/// <summary>Numbers from PyTorch 1.13 (double precision) and scikit-learn 1.2, written by <c>make_fixtures.py</c>.</summary>
internal static class Fixture
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)), s_options)!;
}
