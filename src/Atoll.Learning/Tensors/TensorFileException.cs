namespace Atoll.Learning.Tensors;

/// <summary>Bytes that are no safetensors file, or one that does not fit its use. The message says what, what it must be, and what it was.</summary>
public sealed class TensorFileException : Exception
{
    public TensorFileException(string message) : base(message) { }

    public TensorFileException(string message, Exception inner) : base(message, inner) { }
}
