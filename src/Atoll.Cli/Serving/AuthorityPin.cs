using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Serving;

/// <summary>Which authority's certificates are to be believed: SHA-256 of its own certificate, DER.</summary>
internal static class AuthorityPin
{
    /// <param name="text">The hash, with or without <c>sha256:</c>; or a file or a run's folder that has the certificate.</param>
    public static Digest Of(string text)
    {
        string hash = text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (Digest.TryParse(hash.StartsWith("sha256", StringComparison.Ordinal) ? hash["sha256".Length..] : hash, out Digest digest))
        {
            return digest;
        }
        string? file = File.Exists(text) ? text : Directory.Exists(text) ? InFolder(text) : null;
        return file is null
            ? throw new CommandException(ExitCode.BadInput, Directory.Exists(text)
                ? $"There is no certificate of a run's authority in {text}. `atoll serve` prints its SHA-256 when it starts: --authority SHA256."
                : $"--authority must be the 64 hexadecimal digits that `atoll serve` printed, a certificate, or a run's folder (was '{text}').")
            : OfFile(file);
    }

    private static string? InFolder(string folder)
    {
        EnumerationOptions near = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "authority.*", near).Where(name => Path.GetExtension(name) is ".pem" or ".pfx").Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static Digest OfFile(string file)
    {
        try
        {
            using X509Certificate2 certificate = Path.GetExtension(file) == ".pfx"
                ? X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.EphemeralKeySet)
                : X509Certificate2.CreateFromPem(File.ReadAllText(file));
            return Digest.Of(certificate.RawData);
        }
        catch (CryptographicException e)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must be the certificate of a run's authority, but cannot be read as one: {e.Message}", e);
        }
    }
}
