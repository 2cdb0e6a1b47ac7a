namespace Atoll.Planning.Timing;

/// <summary>
/// Loss of DiLoCo over that of data-parallel training of the same model on as many tokens: the ratio of the fitted laws L ≈ A·N^α, N parameters.
/// </summary>
/// <remarks>
/// Charles et al. 2025, "Scaling Laws for DiLoCo" (<see href="https://arxiv.org/abs/2503.09799"/>), for 1, 2, 4 and 8 sites; between them the logarithm of the ratio runs
/// straight over the logarithm of the sites, which is ours. The ratio is taken because the laws themselves are off by 4 % at 10 B parameters.
/// </remarks>
internal static class DiLoCoLoss
{
    /// <summary>Parameters of the smallest model behind the laws, and of the largest that they were held against (both by recall).</summary>
    public const double SmallestModel = 35e6, LargestModel = 10e9;

    private const double DataParallelA = 18.129, DataParallelAlpha = -0.0953;

    private static readonly (int Sites, double A, double Alpha)[] Laws =
        [(1, 18.363, -0.0961), (2, 18.768, -0.0969), (4, 19.762, -0.0992), (8, 21.051, -0.1018)];

    /// <summary>Null where no law speaks: <see cref="Note"/> says why.</summary>
    public static double? Ratio(int sites, double parameters)
    {
        if (sites < 1 || sites > Laws[^1].Sites)
        {
            return null;
        }
        int above = Array.FindIndex(Laws, l => l.Sites >= sites);
        double upper = LogRatio(Laws[above], parameters);
        if (Laws[above].Sites == sites)
        {
            return Math.Exp(upper);
        }
        double lower = LogRatio(Laws[above - 1], parameters);
        double part = Math.Log((double)sites / Laws[above - 1].Sites) / Math.Log((double)Laws[above].Sites / Laws[above - 1].Sites);
        return Math.Exp(lower + part * (upper - lower));
    }

    /// <summary>What a reader must know of the ratio, or why there is none; null where nothing.</summary>
    public static string? Note(int sites, double parameters) => (sites, parameters) switch
    {
        _ when sites < 1 || sites > Laws[^1].Sites => $"The laws are for 1 to {Laws[^1].Sites} sites; for {sites} none was published.",
        (_, < SmallestModel or > LargestModel) => "The laws were fitted and tried on models of 35 M to 10 B parameters; beyond, the ratio is extrapolated.",
        _ => null,
    };

    private static double LogRatio((int Sites, double A, double Alpha) law, double parameters) =>
        Math.Log(law.A / DataParallelA) + (law.Alpha - DataParallelAlpha) * Math.Log(parameters);
}
