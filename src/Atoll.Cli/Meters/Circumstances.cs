using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Meters;

/// <summary>Where the machine stands: what its energy means in carbon and money. Null is what was not given.</summary>
/// <param name="Place">What the grid is called; null where an intensity was given.</param>
internal sealed record Circumstances(Sourced<CarbonIntensity>? Grid, string? Place, Sourced<Ratio> Pue, Sourced<EnergyPrice>? Tariff)
{
    /// <exception cref="CommandException">One of them is none: it says what it must be and was.</exception>
    public static Circumstances Of(string? grid, string? pue, string? tariff)
    {
        Sourced<Ratio> overhead = pue is null
            ? Sourced<Ratio>.Of(1 * Ratio.One, new() { Basis = Basis.Assumed, Source = "no --pue: nothing for cooling and other overhead" })
            : Given<Ratio>("--pue", pue);
        if (overhead.Low.Value < 1)
        {
            throw new CommandException(ExitCode.Usage, $"--pue: a facility's energy for each unit that its computers take must be at least 1 (was \"{pue}\").");
        }
        Sourced<EnergyPrice>? price = tariff is null ? null : Positive("--tariff", tariff, Given<EnergyPrice>("--tariff", tariff));
        if (grid is null)
        {
            return new(null, null, overhead, price);
        }
        if (grid.Length > 0 && (char.IsAsciiDigit(grid[0]) || grid[0] is '.' or '-' or '+' or ' '))
        {
            return new(Positive("--grid", grid, Given<CarbonIntensity>("--grid", grid)), null, overhead, price);
        }
        GridEntry entry = Named(grid);
        return new(entry.Intensity, entry.Label, overhead, price ?? Catalog.BuiltIn.ElectricityOf(entry.Country)?.Price);
    }

    private static GridEntry Named(string grid)
    {
        try
        {
            return Catalog.BuiltIn.Grid(grid);
        }
        catch (CatalogException e)
        {
            throw new CommandException(ExitCode.Usage, $"--grid: {e.Message}", e);
        }
    }

    private static Sourced<T> Given<T>(string option, string text) where T : IDimension<T> => QuantityText.TryParse(text, out Estimate<T> value, out string problem)
        ? new() { Value = value.Value, Low = value.Low, High = value.High, Origin = new() { Basis = Basis.Measured, Source = $"the command line, {option}" } }
        : throw new CommandException(ExitCode.Usage, $"{option} {problem}{(problem.EndsWith('?') ? "" : ".")}");

    private static Sourced<T> Positive<T>(string option, string text, Sourced<T> value) where T : IDimension<T> => value.Low.Value >= 0
        ? value
        : throw new CommandException(ExitCode.Usage, $"{option} must not be below zero (was \"{text}\").");
}
