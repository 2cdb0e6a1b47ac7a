namespace Atoll.Learning.Data;

/// <summary>Data that cannot be used as asked. The message says what, what it must be, and what it was.</summary>
public sealed class DataException : Exception
{
    public DataException(string message) : base(message) { }

    public DataException(string message, Exception inner) : base(message, inner) { }
}
