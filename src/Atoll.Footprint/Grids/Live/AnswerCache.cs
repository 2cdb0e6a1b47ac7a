using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Footprint.Grids.Live;

/// <summary>Answers of services that were understood, a file each. A file that cannot be read or written is as none: the cache is never why something fails.</summary>
/// <param name="folder">Need not exist yet.</param>
public sealed class AnswerCache(string folder)
{
    /// <summary>Names the folder of everything that is fetched; without it the platform's cache folder is used.</summary>
    public const string RootVariable = "ATOLL_DATA";

    /// <summary>The user's own, beside the data sets'.</summary>
    public static AnswerCache Default() => new(Path.Combine(Root(Environment.GetEnvironmentVariable), "grids"));

    internal Answer? Read(string question)
    {
        try
        {
            Answer? answer = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(question)), AnswerJson.Default.Answer);
            return answer?.Question == question ? answer : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    internal void Write(Answer answer)
    {
        string path = PathOf(answer.Question), part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(answer, AnswerJson.Default.Answer));
            File.Move(part, path, overwrite: true); // whoever reads at the same time sees the old one or the new one whole
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(part);
        }
    }

    /// <summary>The same folder as that of the data sets.</summary>
    internal static string Root(Func<string, string?> variable)
    {
        if (variable(RootVariable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "atoll");
        }
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "atoll")
            : variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache) ? Path.Combine(cache, "atoll")
            : Path.Combine(home, ".cache", "atoll");
    }

    private string PathOf(string question) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..32] + ".json");

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A left-over of a full disk does no harm: nothing reads it.
        }
    }
}

/// <param name="Question">What was asked, without keys.</param>
/// <param name="Fetched">When.</param>
/// <param name="Body">As it came.</param>
internal sealed record Answer(string Question, DateTimeOffset Fetched, string Body);

[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
