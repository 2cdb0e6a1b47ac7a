using System.Security.Cryptography;
using System.Text;

namespace Atoll.Dashboard.Pages;

/// <summary>The built web app: its style sheet, and its script where Node was there when this was built.</summary>
internal static class Viewer
{
    public static string Style { get; } = Read("report.css") ?? throw new InvalidOperationException("The style sheet report.css is not embedded in this assembly.");

    /// <summary>Null where the build had no Node: the page then has tables instead of charts.</summary>
    public static string? Script { get; } = Read("report.js");

    /// <summary>What a content security policy calls an inline script or style.</summary>
    public static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    /// <summary>Line ends as a browser's parser makes them, so that hashes agree wherever the files were checked out.</summary>
    private static string? Read(string name)
    {
        using var stream = typeof(Viewer).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return text.Contains("</script", StringComparison.OrdinalIgnoreCase) || text.Contains("</style", StringComparison.OrdinalIgnoreCase) || text.Contains("<!--", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{name} must not contain </script, </style or <!--: it is inlined into the page.")
            : text;
    }
}
