namespace Atoll.Dashboard.Tests.Page;

/// <summary>Where what the tests make is kept to be looked at: <c>artifacts/screenshots</c> in the repository.</summary>
internal static class Artifacts
{
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "screenshots")).FullName;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Atoll.slnx.");
    }
}
