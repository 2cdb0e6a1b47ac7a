using Atoll.Learning.Layers;

namespace Atoll.Learning.Models;

public enum ActivationKind { Relu, Gelu, Tanh, Sigmoid }

public static class ActivationKinds
{
    extension(ActivationKind kind)
    {
        public Layer Layer(Shape shape) => kind switch
        {
            ActivationKind.Relu => Activations.ReLU(shape),
            ActivationKind.Gelu => Activations.Gelu(shape),
            ActivationKind.Tanh => Activations.Tanh(shape),
            ActivationKind.Sigmoid => Activations.Sigmoid(shape),
            _ => throw new InvalidOperationException($"An activation is relu, gelu, tanh or sigmoid, but was {kind}."),
        };
    }
}
