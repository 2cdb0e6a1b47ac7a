using System.Globalization;
using System.Text.RegularExpressions;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>What there is of RAPL below <c>/sys/class/powercap</c>.</summary>
/// <remarks>
/// Kernel documentation, power/powercap. Packages (<c>intel-rapl:0</c>, by AMD's too) contain their subzones <c>core</c> and <c>uncore</c>, so these are not read. <c>dram</c>
/// is a subzone in the tree but beside the package in what it counts. <c>psys</c> is the whole board, packages included, and <c>intel-rapl-mmio</c> the same packages
/// over again: neither is read.
/// </remarks>
/// <param name="Missing">Why there is nothing, as a sentence; null where there is.</param>
internal sealed partial record Rapl(IReadOnlyList<RaplZone> Packages, IReadOnlyList<RaplZone> Memory, string? Missing)
{
    /// <summary>Never throws: what is missing or closed is said.</summary>
    public static Rapl Find(string powercap)
    {
        List<RaplZone> packages = [], memory = [];
        try
        {
            if (Directory.Exists(powercap))
            {
                foreach (string folder in Directory.EnumerateDirectories(powercap).Where(f => Zone().IsMatch(Path.GetFileName(f))).Order(StringComparer.Ordinal))
                {
                    RaplZone zone = new(folder);
                    if (IsTop(folder) && zone.Name.StartsWith("package", StringComparison.Ordinal))
                    {
                        zone.Begin();
                        packages.Add(zone);
                    }
                    else if (!IsTop(folder) && zone.Name == "dram")
                    {
                        zone.Begin();
                        memory.Add(zone);
                    }
                }
            }
        }
        catch (Exception e) when (e is MeterException or IOException or UnauthorizedAccessException)
        {
            return new([], [], e.Message);
        }
        return packages.Count > 0 ? new(packages, memory, null) : new([], [], string.Create(CultureInfo.InvariantCulture, $"RAPL has no counters here (none in {powercap})."));
    }

    private static bool IsTop(string folder) => Path.GetFileName(folder).Count(c => c == ':') == 1;

    [GeneratedRegex(@"^intel-rapl:\d+(:\d+)?\z")]
    private static partial Regex Zone();
}
