namespace Atoll.Learning.Tests.Data;

/// <summary>Files that are not part of the repository: in the folder that ATOLL_SHARED names, or in <c>shared</c> beside the checkout.</summary>
internal static class SharedFolder
{
    public static string Find(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        string shared = Environment.GetEnvironmentVariable("ATOLL_SHARED") ?? Path.Combine(folder?.Parent?.FullName ?? "", "shared");
        string found = Path.Combine(shared, path);
        Skip.IfNot(Path.Exists(found), $"{path} is missing: set ATOLL_SHARED to the folder that has it.");
        return found;
    }
}
