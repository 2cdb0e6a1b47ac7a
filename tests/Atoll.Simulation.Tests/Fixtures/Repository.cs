namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Where the tests' files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Example(string name) => Path.Combine(Root, "examples", name);

    /// <summary>A file that is not part of the repository: in the folder that ATOLL_SHARED names, or in <c>shared</c> beside the checkout. Skips the test without it.</summary>
    public static string Shared(string path)
    {
        string shared = Environment.GetEnvironmentVariable("ATOLL_SHARED") ?? Path.Combine(Path.GetDirectoryName(Root)!, "shared");
        string found = Path.Combine(shared, path);
        Skip.IfNot(Path.Exists(found), $"{path} is missing: set ATOLL_SHARED to the folder that has it.");
        return found;
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException($"Tests must run from inside the checkout, but {AppContext.BaseDirectory} is not.");
    }
}
