using Npgsql;

namespace Atoll.Coordinator.Storage;

/// <summary>Where a PostgreSQL database is, as <c>postgres://user:password@host:port/database?sslmode=require</c>.</summary>
/// <remarks>
/// A password in an address shows in lists of processes: leave it out, and PostgreSQL's own means are used (<c>PGPASSWORD</c>, <c>~/.pgpass</c>, a socket's peer).
/// Parameters behind the question mark are Npgsql's, <see href="https://www.npgsql.org/doc/connection-string-parameters.html"/>; <c>host</c> there may name a socket's folder.
/// </remarks>
public static class PostgresAddress
{
    /// <exception cref="FormatException">It is no such address.</exception>
    public static string ToConnectionString(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            throw new FormatException("A store must be postgres://user@host:port/database (was another address, not repeated here since it may hold a password).");
        }
        NpgsqlConnectionStringBuilder settings = new() { ApplicationName = "atoll", KeepAlive = 1, TcpKeepAlive = true, CommandTimeout = 30, Timeout = 10 };
        if (uri.Host.Length > 0)
        {
            settings.Host = uri.Host;
        }
        if (uri.Port > 0)
        {
            settings.Port = uri.Port;
        }
        string[] user = uri.UserInfo.Split(':', 2);
        settings.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
        settings.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
        settings.Database = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : null;
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string name = parts[0] == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(parts[0]);
            try
            {
                settings[name] = Value(name, Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : ""));
            }
            catch (Exception unknown) when (unknown is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
            {
                throw new FormatException($"A store's parameters must be those of Npgsql, but '{parts[0]}' is none, or cannot have that value.", unknown);
            }
        }
        return settings.ConnectionString;
    }

    /// <summary>PostgreSQL writes <c>verify-full</c> where Npgsql says <c>VerifyFull</c>.</summary>
    private static string Value(string name, string value) => name == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
}
