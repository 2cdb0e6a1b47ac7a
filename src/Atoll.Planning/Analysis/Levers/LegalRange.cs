namespace Atoll.Planning.Analysis.Levers;

/// <summary>The values that an input may take.</summary>
/// <param name="Least">Legal itself where it is more than 0, and where <paramref name="AllowsZero"/>.</param>
/// <param name="Most">Legal where it is finite.</param>
internal sealed record LegalRange(double Least, double Most, bool AllowsZero = false)
{
    // As wide as a search goes around the given value: from 1 kbit/s to beyond what all fibres of the world carry.
    private const int Decades = 9, PointsPerDecade = 16;

    private static readonly string[] Shares = ["utilization", "availability", "participation"];
    private static readonly string[] FactorsFromOne = ["pue", "over-selection", "expansion", "clients"];
    private static readonly string[] NeverZero = ["bit/s", "FLOP/s", "FLOP", ""];
    private static readonly string[] NeverZeroNames = ["lifetime", "step-time", "power", "peak", "achieved"];

    /// <summary>By what the input is called: shares lie in (0, 1], PUE and other factors begin at 1, all else at 0, which prices, distances and intensities may be.</summary>
    public static LegalRange Of(string path, string unit)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        return Shares.Contains(name) ? new(0, 1)
            : FactorsFromOne.Contains(name) ? new(1, double.PositiveInfinity)
            : new(0, double.PositiveInfinity, !NeverZero.Contains(unit) && !NeverZeroNames.Contains(name));
    }

    public bool Contains(double value) => double.IsFinite(value) && value <= Most && (value > 0 || AllowsZero) && value >= Least;

    /// <summary>Ends a sentence that begins with the input: <c>must be more than 0 and at most 1</c>.</summary>
    public string Rule => (Least, Most) switch
    {
        (> 0, _) => $"must be at least {Least}",
        (_, 1) => "must be more than 0 and at most 1",
        _ => AllowsZero ? "must be at least 0" : "must be more than 0",
    };

    /// <summary>Values over the whole range, rising, dense enough to see an output change its side: each decade has the same number of them, counted from whichever end crowds.</summary>
    public double[] Grid(double given)
    {
        IEnumerable<double> steps = Enumerable.Range(-Decades * PointsPerDecade, (2 * Decades * PointsPerDecade) + 1).Select(i => Math.Pow(10, (double)i / PointsPerDecade));
        // Near 1 a share or a PUE is as far from it as the distance says: 0.999 and 0.99 are a decade apart.
        IEnumerable<double> points = Most <= 1 ? steps.SelectMany(s => (double[])[s, 1 - s]).Append(1)
            : Least > 0 ? steps.Where(s => s <= 1e6).Select(s => Least + s).Append(Least)
            : steps.Select(s => s * (given > 0 ? given : 1));
        return [.. points.Append(given).Where(Contains).Where(x => x > 0).Distinct().Order()];
    }
}
