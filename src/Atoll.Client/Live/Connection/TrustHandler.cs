
namespace Atoll.Client.Live.Connection;

/// <summary>Says why a coordinator is not believed, where HTTP only says that there was no secure connection.</summary>
internal sealed class TrustHandler(HttpMessageHandler inner, Func<string?> mistrust, bool isFirst) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.SecureConnectionError && mistrust() is { } reason)
        {
            throw isFirst ? new WrongCoordinatorException(reason) : new TransientException(reason, inner: failure);
        }
    }
}
