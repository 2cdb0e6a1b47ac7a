using Atoll.Learning;
using Atoll.Learning.Data;

namespace Atoll.Simulation.Tests;

/// <summary>Data that could lead to another model, or another result, has another fingerprint.</summary>
public sealed class DataFingerprintTests
{
    private static readonly float[] Features = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void Whatever_differs_the_fingerprint_does()
    {
        SiteRows[] sites = [new("s0", [0], [1]), new("s1", [2], [])];
        SitedDataset[] all =
        [
            Data(new Shape(4), [0, 1, 0], ["a", "b"], sites),
            Data(new Shape(2, 2), [0, 1, 0], ["a", "b"], sites),
            Data(new Shape(4), [0, 1, 1], ["a", "b"], sites),
            Data(new Shape(4), [0, 1, 0], ["a", "c"], sites),
            Data(new Shape(4), [0, 1, 0], ["ab", ""], sites),
            Data(new Shape(4), [0, 1, 0], ["a", "b", "c"], sites),
            Data(new Shape(4), [0, 1, 0], [], sites),
            Data(new Shape(4), [0, 1, 0], ["a", "b"], [new("s0", [0], [1]), new("s2", [2], [])]),
            Data(new Shape(4), [0, 1, 0], ["a", "b"], [new("s0", [0, 1], []), new("s1", [2], [])]),
            Data(new Shape(4), [0, 1, 0], ["a", "b"], [new("s0", [0], []), new("s1", [2], [])]),
            Data(new Shape(4), [0, 1, 0], ["a", "b"], [sites[1], sites[0]]),
            Data(new Shape(4), [0, 1, 0], ["a", "b"], sites, [.. Features[..11], 13]),
        ];

        all.Select(data => DataFingerprint.Of([data])).Distinct().Count().ShouldBe(all.Length);
        DataFingerprint.Of([all[0]]).ShouldBe(DataFingerprint.Of([Data(new Shape(4), [0, 1, 0], ["a", "b"], sites)]));
    }

    [Fact]
    public void What_arms_share_is_taken_once()
    {
        SitedDataset data = Data(new Shape(4), [0, 1, 0], ["a", "b"], []);

        DataFingerprint.Of([data, data]).ShouldBe(DataFingerprint.Of([data]));
    }

    private static SitedDataset Data(Shape sample, float[] targets, string[] classes, SiteRows[] sites, float[]? features = null) =>
        new(new Dataset(sample, features ?? Features, targets, classes), sites);
}
