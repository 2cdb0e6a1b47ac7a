using System.Security.Cryptography.X509Certificates;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Live;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>Finds out who makes a request. It refuses nobody: what a request needs is its endpoint's to say.</summary>
internal sealed class Identification(RunSecrets secrets, ILiveRun run)
{
    private const string Scheme = "Bearer ";

    public Caller Identify(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? OfSecret(header[Scheme.Length..].Trim())
                : new() { Refusal = new(StatusCodes.Status401Unauthorized, "malformed", "Authorization must be 'Bearer' and the secret of a token, but was of another kind.") };
        }
        return context.Connection.ClientCertificate is { } certificate ? OfCertificate(certificate, context) : new();
    }

    private Caller OfSecret(string secret)
    {
        if (secrets.IsOperator(secret))
        {
            return new() { Proof = Proof.OperatorToken };
        }
        return secrets.Invitations.Find(secret) is { } invitation
            ? new() { Proof = Proof.Token, Site = invitation.Site, IsExpired = secrets.Invitations.IsExpired(invitation) }
            : new() { Refusal = new(StatusCodes.Status401Unauthorized, "wrong-token", "A token must be one that this run gave out, but this one is not.") { IsRecorded = true } };
    }

    private Caller OfCertificate(X509Certificate2 certificate, HttpContext context)
    {
        ConnectionNotes? notes = ConnectionNotes.Of(context);
        ShownCertificate shown = notes?.Certificate ?? Look(certificate);
        if (notes is not null)
        {
            notes.Certificate = shown;
        }
        if (shown.Refusal is { } reason)
        {
            return Refused(reason);
        }
        return shown.Key!.Equals(run.KeyOf(shown.Site!)) ? new() { Proof = Proof.Certificate, Site = shown.Site }
            : Refused("A client certificate must be over the key that its site enrolled with, but this one's is another.");
    }

    private ShownCertificate Look(X509Certificate2 certificate)
    {
        if (secrets.Authority.WhyNot(certificate) is { } reason)
        {
            return new(null, null, reason);
        }
        try
        {
            return new(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), Ledger.Signing.PublicKey.FromInfo(certificate.PublicKey.ExportSubjectPublicKeyInfo()), null);
        }
        catch (FormatException e)
        {
            return new(null, null, e.Message);
        }
    }

    private static Caller Refused(string reason) => new() { Refusal = new(StatusCodes.Status403Forbidden, "wrong-certificate", reason) { IsRecorded = true } };
}
