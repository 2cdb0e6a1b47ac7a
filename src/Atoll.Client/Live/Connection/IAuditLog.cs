namespace Atoll.Client.Live.Connection;

/// <summary>Is told of everything that leaves the machine, before it does.</summary>
/// <remarks>Any thread may call. It throws where it cannot write: then nothing is sent.</remarks>
internal interface IAuditLog
{
    /// <param name="message">The JSON of a control message; null where the request has no body.</param>
    void Sends(string method, string path, ReadOnlyMemory<byte>? message);

    /// <summary>A tensor body, or the rest of one.</summary>
    void SendsBody(string path, long offset, long bytes);
}
