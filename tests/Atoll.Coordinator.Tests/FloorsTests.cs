using System.Xml.Linq;

namespace Atoll.Coordinator.Tests;

/// <summary>The house: a project references lower floors only.</summary>
public sealed class FloorsTests
{
    private static readonly Dictionary<string, int> Floor = new()
    {
        ["Atoll.Learning"] = 0,
        ["Atoll.Federation"] = 0,
        ["Atoll.Footprint"] = 0,
        ["Atoll.Ledger"] = 0,
        ["Atoll.Experiments"] = 1,
        ["Atoll.Planning"] = 2,
        ["Atoll.Coordinator"] = 3,
        ["Atoll.Client"] = 3,
        ["Atoll.Simulation"] = 4,
        ["Atoll.Dashboard"] = 4,
        ["Atoll.Cli"] = 5,
    };

    [Fact]
    public void Every_project_has_a_floor() => Projects().Select(p => p.Name).ShouldAllBe(name => Floor.ContainsKey(name));

    [Fact]
    public void References_point_down_only()
    {
        (string Name, string[] References)[] projects = [.. Projects()];
        projects.SelectMany(p => p.References).ShouldNotBeEmpty();

        foreach ((string name, string[] references) in projects)
        {
            references.Where(r => Floor[r] >= Floor[name]).ShouldBeEmpty($"{name} is on floor {Floor[name]} and may reference lower floors only.");
        }
    }

    private static IEnumerable<(string Name, string[] References)> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories).Select(path => (
            Path.GetFileNameWithoutExtension(path),
            XDocument.Load(path).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToArray()));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Atoll.slnx.");
    }
}
