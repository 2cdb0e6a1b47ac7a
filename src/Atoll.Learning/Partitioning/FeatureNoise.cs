using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Feature skew: rows are spread evenly, and site i of n (from 1) gets Gaussian noise of variance σ·i/n added to its features.</summary>
/// <remarks>NIID-Bench, section 4.2 (Li et al. 2022, <see href="https://arxiv.org/abs/2102.02079"/>). Drawn once for each row, after standardization.</remarks>
public sealed record FeatureNoise : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    /// <summary>σ: the last site's noise has this variance, the others' less in proportion.</summary>
    public required double Sigma { get; init => field = Require.AtLeast(0.0, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => Iid.Spread("feature-noise", Sites, targets.Length, random);

    /// <summary>Adds a site's noise to some of its features.</summary>
    /// <param name="site">From 0.</param>
    public void AddNoise(int site, Span<float> features, Philox random)
    {
        double deviation = Math.Sqrt(Sigma * (Require.Within(0, Sites - 1, site, nameof(site)) + 1) / Sites);
        foreach (ref float feature in features)
        {
            feature = (float)(feature + (deviation * random.NextNormal()));
        }
    }
}
