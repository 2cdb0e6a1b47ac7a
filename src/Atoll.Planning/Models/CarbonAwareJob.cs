namespace Atoll.Planning.Models;

/// <summary>A job at some values of the inputs, as each site of a carbon-aware arm would do it.</summary>
/// <param name="Steps">Of the grids' steps, by site: how long it runs there.</param>
/// <param name="Slack">By how many steps it may end later than at once there; negative: not in time there.</param>
/// <param name="GramsPerStep">Of running there for a step at the site's mean intensity.</param>
/// <param name="FixedGrams">Of being done there, whenever: embodied, and moving its data there.</param>
internal sealed record CarbonAwareJob(double[] Steps, double[] Slack, double[] GramsPerStep, double[] FixedGrams)
{
    public int Sites => Steps.Length;

    /// <summary>Whether the site can do it in time, within so many steps.</summary>
    public bool Fits(int site, int steps) => Slack[site] >= 0 && Steps[site] > 0 && Steps[site] <= steps;
}

/// <summary>What became of a job, at the mean over its starts.</summary>
/// <param name="Done">Share of the job by site; sums to 1.</param>
/// <param name="Used">Share of the starts at which the site is used at all.</param>
/// <param name="Relative">Intensity while it runs at a site, over the mean of the site's trace.</param>
/// <param name="EndSteps">From the start to the job's end.</param>
internal sealed record CarbonAwareUse(double[] Done, double[] Used, double[] Relative, double EndSteps)
{
    /// <summary>Moves of the checkpoint from a site (row) to another (column).</summary>
    public double[,] Moves { get; init; } = new double[Done.Length, Done.Length];
}
