using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atoll.Cli.Tests.Serving;

/// <summary>Something that answers as a coordinator would, with a certificate of one authority; it may show another's.</summary>
internal sealed class TlsCoordinator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsCoordinator(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <param name="shown">Whose certificate it says is its authority's.</param>
    public static async Task<TlsCoordinator> StartAsync(X509Certificate2 authority, X509Certificate2 shown)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Issue(authority))));
        WebApplication app = builder.Build();
        app.MapGet(ProtocolPath.Authority, () => Results.Text(shown.ExportCertificatePem()));
        app.MapGet(ProtocolPath.Status, () => Results.Text(JsonSerializer.Serialize(SampleStatus.Training(), ProtocolJson.Default.RunStatus), "application/json"));
        await app.StartAsync();
        return new(app);
    }

    public static X509Certificate2 Authority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    public static Digest HashOf(X509Certificate2 authority) => Digest.Of(authority.RawData);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static X509Certificate2 Issue(X509Certificate2 authority)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=coordinator", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3, 4]);
        using X509Certificate2 whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
