using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;

namespace Atoll.Learning.Tests.Data.Catalog;

public sealed class CatalogCacheTests : IDisposable
{
    private static readonly byte[] Right = Encoding.UTF8.GetBytes("the right bytes"), Wrong = Encoding.UTF8.GetBytes("the wrong bytes");

    private static readonly byte[] GzipHeader = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]; // RFC 1952

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atoll-test-");

    private string Root => Path.Combine(_folder.FullName, "cache");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_taken_from_the_first_source_that_has_it_right()
    {
        CatalogCache cache = Cache(("/tampered", Wrong), ("/good", Right));
        CatalogEntry entry = Entry(Web("missing"), Web("tampered"), Web("good"), Web("never-asked"));
        List<FetchProgress> progress = [];

        await cache.GetAsync(entry, null, new Recorder(progress), CancellationToken.None);

        cache.Read(entry, entry.Files[0]).ShouldBe(Right);
        cache.Has(entry).ShouldBeTrue();
        progress[^1].ShouldBe(new FetchProgress(entry.Files[0], Right.Length, Web("good"), Verified: true));
        Left().ShouldBe(["sample", Path.Combine("sample", "file.txt")]);
    }

    [Fact]
    public async Task When_no_source_has_it_right_each_is_named_with_its_fault_and_nothing_is_left()
    {
        CatalogCache cache = Cache(("/tampered", Wrong), ("/longer", [.. Right, 0]), ("/shorter", Right[..5]));
        CatalogEntry entry = Entry(Web("missing"), Web("tampered"), Web("longer"), Web("shorter"), new DebianPackage("some-data", Path.Combine(_folder.FullName, "none.gz")));

        string message = (await Should.ThrowAsync<DataException>(() => cache.GetAsync(entry, null, null, CancellationToken.None))).Message;

        message.ShouldBe(
            $"""
            file.txt could not be had from any of its sources:
              https://example.org/missing: Response status code does not indicate success: 404 (Not Found).
              https://example.org/tampered: the file must have 15 bytes with sha256 {Sha256(Right)}, but has 15 with {Sha256(Wrong)}
              https://example.org/longer: the file must have 15 bytes, but has more
              https://example.org/shorter: the file must have 15 bytes with sha256 {Sha256(Right)}, but has 5 with {Sha256(Right[..5])}
              Debian package some-data, {Path.Combine(_folder.FullName, "none.gz")}: not installed here (apt install some-data)
            """);
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_packed_file_is_unpacked_from_an_address_an_archive_or_a_folder()
    {
        using MemoryStream gzip = new();
        using (GZipStream packing = new(gzip, CompressionMode.Compress, leaveOpen: true))
        {
            packing.Write(Right);
        }
        using MemoryStream zip = new();
        using (ZipArchive packing = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream file = packing.CreateEntry("in/file.txt").Open();
            file.Write(Right);
        }
        string from = _folder.CreateSubdirectory("from").FullName;
        await File.WriteAllBytesAsync(Path.Combine(from, "file.txt.gz"), gzip.ToArray());
        CatalogCache cache = Cache(("/file.gz", gzip.ToArray()), ("/file.zip", zip.ToArray()));

        foreach ((CatalogEntry entry, string? folder) in new[] { (Entry(Web("file.gz")), null), (Entry(new WebArchive(new Uri("https://example.org/file.zip"), "in/file.txt")), null), (Entry(), from) })
        {
            await cache.GetAsync(entry, folder, null, CancellationToken.None);

            cache.Read(entry, entry.Files[0]).ShouldBe(Right);
            File.Delete(cache.PathOf(entry, entry.Files[0]));
        }
    }

    [Fact]
    public async Task A_damaged_archive_is_a_fault_of_its_source()
    {
        CatalogCache cache = Cache(("/bad.gz", Wrong), ("/bad.zip", Wrong), ("/good", Right));
        CatalogEntry entry = Entry(Web("bad.gz"), new WebArchive(new Uri("https://example.org/bad.zip"), "x"), Web("good"));

        await cache.GetAsync(entry, null, null, CancellationToken.None);

        cache.Read(entry, entry.Files[0]).ShouldBe(Right);
    }

    [Theory]
    [InlineData("file.txt", false)]
    [InlineData("file.gz", false)]
    [InlineData("file.zip", true)]
    public async Task A_source_that_stalls_is_given_up_and_the_next_is_asked(string path, bool archive)
    {
        byte[] start = path.EndsWith("gz") ? GzipHeader : Right[..5];
        using HttpClient client = new(new Streams(() => new Trickle(start, endless: false)));
        CatalogCache stalled = new(Root, client) { IdleTimeout = TimeSpan.FromMilliseconds(100) };
        string from = Path.Combine(_folder.FullName, "there");
        await File.WriteAllBytesAsync(from, Right);
        FileSource source = archive ? new WebArchive(new Uri($"https://example.org/{path}"), "x") : Web(path);

        (await Should.ThrowAsync<DataException>(() => stalled.GetAsync(Entry(source), null, null, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(30))).Message
            .ShouldEndWith(": it must send something every 0.1 s, but sent nothing for longer");
        CatalogEntry entry = Entry(source, new DebianPackage("there", from));
        await stalled.GetAsync(entry, null, null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        stalled.Read(entry, entry.Files[0]).ShouldBe(Right);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using System.Net.Sockets.TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start(); // connections are accepted by the system, and nobody reads them
        CatalogCache cache = new(Root) { IdleTimeout = TimeSpan.FromMilliseconds(200) };
        WebFile silent = new(new Uri($"http://{listener.LocalEndpoint}/file.txt"));

        (await Should.ThrowAsync<DataException>(() => cache.GetAsync(Entry(silent), null, null, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(30))).Message
            .ShouldContain("sent nothing for longer");
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_a_source_that_stalls()
    {
        using HttpClient client = new(new Streams(() => new Trickle(Right[..5], endless: false)));
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() => new CatalogCache(Root, client).GetAsync(Entry(Web("file.txt")), null, null, cancel.Token)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("file.zip", true)]
    [InlineData("file.gz", false)] // packed files without content, one after the other: nothing ever comes out
    public async Task A_source_that_never_ends_is_given_up_at_the_limit(string path, bool archive)
    {
        byte[] content = archive ? Right : [.. GzipHeader, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using HttpClient client = new(new Streams(() => new Trickle(content, endless: true)));
        CatalogCache cache = new(Root, client) { MaximumDownloadBytes = 100_000 };
        FileSource source = archive ? new WebArchive(new Uri($"https://example.org/{path}"), "x") : Web(path);

        (await Should.ThrowAsync<DataException>(() => cache.GetAsync(Entry(source), null, null, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(30))).Message
            .ShouldEndWith(": a download must have at most 100000 bytes, but has more");
    }

    [Fact]
    public async Task A_damaged_file_is_refused_when_read_and_mended_when_got_again()
    {
        CatalogCache cache = Cache(("/good", Right));
        CatalogEntry entry = Entry(Web("good"));
        await cache.GetAsync(entry, null, null, CancellationToken.None);
        string path = cache.PathOf(entry, entry.Files[0]);

        await File.WriteAllBytesAsync(path, Wrong);
        Should.Throw<DataException>(() => cache.Read(entry, entry.Files[0])).Message.ShouldBe(
            $"{path} must have sha256 {Sha256(Right)}, but has {Sha256(Wrong)}. Get it anew with: atoll data get sample");
        await File.WriteAllBytesAsync(path, Right[..4]);
        Should.Throw<DataException>(() => cache.Read(entry, entry.Files[0])).Message.ShouldBe($"{path} must have 15 bytes, but has 4. Get it anew with: atoll data get sample");

        await cache.GetAsync(entry, null, null, CancellationToken.None);
        cache.Read(entry, entry.Files[0]).ShouldBe(Right);
    }

    [Fact]
    public async Task A_wrong_local_copy_does_not_replace_a_right_one()
    {
        CatalogCache cache = Cache(("/good", Right));
        CatalogEntry entry = Entry(Web("good"));
        string from = _folder.CreateSubdirectory("from").FullName;
        await File.WriteAllBytesAsync(Path.Combine(from, "file.txt"), Wrong);

        await Should.ThrowAsync<DataException>(() => cache.GetAsync(entry, from, null, CancellationToken.None));
        Left().ShouldBeEmpty();

        await cache.GetAsync(entry, null, null, CancellationToken.None);
        await cache.GetAsync(entry, from, null, CancellationToken.None);
        cache.Read(entry, entry.Files[0]).ShouldBe(Right);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_leaves_nothing()
    {
        using CancellationTokenSource cancel = new();
        CatalogCache cache = Cache(("/good", Right));
        CatalogEntry entry = Entry(Web("good"));

        await Should.ThrowAsync<OperationCanceledException>(() => cache.GetAsync(entry, null, new Canceller(cancel), cancel.Token));

        Left().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_was_never_got_is_asked_for_by_command()
    {
        CatalogEntry entry = Entry(Web("good"));

        Should.Throw<DataException>(() => Cache().Read(entry, entry.Files[0])).Message.ShouldBe($"file.txt of data set 'sample' must be in {Root}, but is not there. Get it with: atoll data get sample");
    }

    [Fact]
    public void The_folder_is_the_one_named_else_the_platforms()
    {
        CatalogCache.DefaultRoot(name => name == "ATOLL_DATA" ? _folder.FullName : null).ShouldBe(_folder.FullName);
        if (OperatingSystem.IsLinux())
        {
            CatalogCache.DefaultRoot(name => name == "XDG_CACHE_HOME" ? "/var/x" : null).ShouldBe("/var/x/atoll");
            CatalogCache.DefaultRoot(_ => null).ShouldEndWith("/.cache/atoll");
        }
    }

    private CatalogCache Cache(params (string Path, byte[] Content)[] answers) => new(Root, new HttpClient(new Answers(answers.ToDictionary(a => a.Path, a => a.Content))));

    private IEnumerable<string> Left() => Directory.Exists(Root) ? Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order() : [];

    private static WebFile Web(string path) => new(new Uri($"https://example.org/{path}"));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static CatalogEntry Entry(params FileSource[] sources) => new()
    {
        Name = "sample", Title = "", Description = "", Licence = "", Citation = "", Rows = 0, Size = "",
        Files = [new CatalogFile("file.txt", Right.Length, Sha256(Right), sources)],
        Layout = new CatalogLayout(),
        Read = _ => new CatalogData(),
    };

    private sealed class Answers(Dictionary<string, byte[]> answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            answers.TryGetValue(request.RequestUri!.AbsolutePath, out byte[]? content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound) { ReasonPhrase = "Not Found" });
    }

    private sealed class Streams(Func<Stream> content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(content()) });
    }

    private sealed class Recorder(List<FetchProgress> progress) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => progress.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => source.Cancel();
    }
}
