namespace Atoll.Learning.Randomness;

/// <summary>What random numbers are drawn for. Part of the stream's key, so that one use never disturbs another. Values are part of the numeric contract: never reuse or renumber.</summary>
public enum Purpose : byte
{
    Initialization = 1,
    Split = 2,
    Partition = 3,
    FeatureNoise = 4,
    Shuffle = 5,
    Dropout = 6,
    Selection = 7,
    LocalEpochs = 8,
    Uncertainty = 9,
    Pace = 10,
}
