namespace Atoll.Planning.Models;

/// <summary>How long each site's window is, at any values of the inputs.</summary>
/// <param name="slackIndex">Seconds by which the end may be later than at once at the first site; null: by the deadline.</param>
/// <param name="deadlineIndex">Seconds from the start to the latest end.</param>
internal sealed class CarbonAwareWindows(int? slackIndex, int? deadlineIndex, double stepSeconds)
{
    public int? SlackIndex => slackIndex;

    public int? DeadlineIndex => deadlineIndex;

    /// <param name="outcomes">Of a centralized run at each site.</param>
    public CarbonAwareJob Job(ReadOnlySpan<double> x, ArmOutcome[] outcomes)
    {
        int n = outcomes.Length;
        double latest = deadlineIndex is { } deadline ? x[deadline] : outcomes[0].WallClockSeconds + (slackIndex is { } slack ? x[slack] : 0);
        double[] steps = new double[n], slacks = new double[n], perStep = new double[n], other = new double[n];
        for (int site = 0; site < n; site++)
        {
            ArmOutcome o = outcomes[site];
            steps[site] = Whole((o.WallClockSeconds - o.MovementSeconds) / stepSeconds);
            slacks[site] = Whole((latest - o.WallClockSeconds) / stepSeconds);
            perStep[site] = o.LocationBasedGrams / steps[site];
            other[site] = o.NetworkGrams + o.EmbodiedGrams;
        }
        return new(steps, slacks, perStep, other);
    }

    /// <summary>Within rounding of a whole number it is that.</summary>
    private static double Whole(double steps) => Math.Abs(steps - Math.Round(steps)) <= 1e-9 * Math.Max(1, Math.Abs(steps)) ? Math.Round(steps) : steps;
}
