namespace Atoll.Cli.Tests;

/// <summary>The command line called as a user would, with a folder of its own to work in.</summary>
internal sealed class Shell : IDisposable
{
    private readonly StringWriter _output = new(), _error = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("atoll-").FullName;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public async Task<int> Run(params string[] args)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return await CommandLine.RunAsync(args, _output, _error);
    }

    public string At(params string[] names) => Path.Combine([Folder, .. names]);

    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
