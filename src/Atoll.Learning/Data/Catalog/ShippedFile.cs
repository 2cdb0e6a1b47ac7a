namespace Atoll.Learning.Data.Catalog;

/// <summary>A file that is part of the program.</summary>
/// <param name="Resource">The name of the embedded resource.</param>
public sealed record ShippedFile(string Resource) : FileSource
{
    public override string Description => "comes with Atoll";

    internal Stream Open() => typeof(ShippedFile).Assembly.GetManifestResourceStream(Resource)
        ?? throw new IOException($"The program lacks its resource '{Resource}'.");

    internal override Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation) => Task.FromResult(Open());
}
