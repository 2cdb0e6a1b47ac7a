using System.CommandLine;

namespace Atoll.Cli.Catalogs;

/// <summary><c>atoll grid</c>: what electricity causes, where and when.</summary>
internal static class GridCommand
{
    public static Command Create() => new("grid", "Electricity grids: their carbon intensity, and what waiting for cleaner hours saves.") { GridShiftCommand.Create() };
}
