namespace Atoll.Learning.Layers;

/// <summary>Normalizes the channels of each place (each token). Ba, Kiros, Hinton, 2016. <see href="https://arxiv.org/abs/1607.06450"/></summary>
public sealed class LayerNorm(Shape shape) : Normalization(shape, windowPlaces: 1, windowChannels: shape.Channels);
