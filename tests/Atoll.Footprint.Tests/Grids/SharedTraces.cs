using Atoll.Footprint.Grids;

namespace Atoll.Footprint.Tests.Grids;

/// <summary>The hourly traces of 2022 that are kept beside the checkout or where ATOLL_SHARED says, not in it: EIA-930 data of four balancing areas.</summary>
internal static class SharedTraces
{
    public static GridTrace Read(string area, GapRule gaps)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        string shared = Environment.GetEnvironmentVariable("ATOLL_SHARED") ?? Path.Combine(folder?.Parent?.FullName ?? "", "shared");
        string file = Path.Combine("data", "grid-traces", $"EIA_{area}_2022.csv");
        Skip.IfNot(File.Exists(Path.Combine(shared, file)), $"{file} is missing: set ATOLL_SHARED to the folder that has it.");
        return GridTrace.Read(Path.Combine(shared, file), gaps);
    }
}
