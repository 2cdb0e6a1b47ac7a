namespace Atoll.Learning.Layers;

/// <summary>Normalizes groups of channels over all places: no batch statistics, which federated sites could not share. Wu, He, 2018. <see href="https://arxiv.org/abs/1803.08494"/></summary>
public sealed class GroupNorm(Shape shape, int groups) : Normalization(shape, shape.Height * shape.Width, GroupChannels(shape, groups))
{
    private static int GroupChannels(Shape shape, int groups)
    {
        Require.AtLeast(1, groups, nameof(groups));
        Require.That(shape.Channels % groups == 0, $"Group normalization needs channels that divide into {groups} groups, but {shape} has {shape.Channels}.");
        return shape.Channels / groups;
    }
}
