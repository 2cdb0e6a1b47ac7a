using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Atoll.Coordinator.Tests.Storage;

/// <summary>A PostgreSQL of the tests' own, on this machine's loopback, in a folder that goes with it.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"atoll-postgres-{Guid.NewGuid():n}");
    private readonly string? _programs;
    private readonly int _port = FreePort();

    public PostgresServer()
    {
        _programs = Programs();
        if (_programs is null)
        {
            return;
        }
        Directory.CreateDirectory(_folder);
        if (IsRoot)
        {
            Run("chown", "postgres", _folder);
        }
        As("initdb", "--pgdata", Data, "--username", "atoll", "--auth", "trust", "--no-sync", "--no-instructions");
        Start();
    }

    /// <summary>Of the database that every server has.</summary>
    public string Address => $"postgres://atoll@127.0.0.1:{_port}/postgres";

    /// <summary>Ends it as a crash does.</summary>
    public void Stop() => As("pg_ctl", "stop", "--wait", "--mode", "immediate", "--silent", "--pgdata", Data);

    public void Start() => As("pg_ctl", "start", "--wait", "--silent", "--pgdata", Data, "--log", Path.Combine(_folder, "log"), "--options",
        $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories={_folder} -c fsync=off");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>PostgreSQL does not run as root.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Skips the test where there is no PostgreSQL; where everything must be there, fails it.</summary>
    public void Require()
    {
        if (_programs is null)
        {
            const string missing = "PostgreSQL is missing. In Debian: apt-get install postgresql";
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", missing);
            Skip.If(true, missing);
        }
    }

    public NpgsqlDataSource Open() => NpgsqlDataSource.Create(Coordinator.Storage.PostgresAddress.ToConnectionString(Address));

    public void Dispose()
    {
        if (_programs is null)
        {
            return;
        }
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Programs()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : []);
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private void As(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        if (IsRoot)
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    /// <summary>Output goes nowhere: a server that inherited a pipe would keep it open.</summary>
    private void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = _folder };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
