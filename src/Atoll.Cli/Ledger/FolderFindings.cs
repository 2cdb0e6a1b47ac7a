namespace Atoll.Cli.Ledger;

/// <summary>What holding a run's folder against its ledger found.</summary>
/// <param name="IsComplete">Whether the ledger is: only then is anything beside it proven for good.</param>
internal sealed record FolderFindings(IReadOnlyList<FileFinding> Files, bool IsComplete)
{
    public IReadOnlyList<FileFinding> Differing => [.. Files.Where(file => file.State == FileState.Differs)];

    /// <summary>Whether experiment, models and result are those of the ledger, all of them.</summary>
    public bool IsProven => IsComplete && Files.Where(file => file.IsOfResult).All(file => file.State == FileState.Holds);

    public void Write(Terminal terminal)
    {
        terminal.Line();
        foreach (FileFinding file in Files)
        {
            string state = file.State switch { FileState.Holds => "holds", FileState.Differs => "DIFFERS", _ => "not checked" };
            terminal.Entry("  ", $"{file.File}: {state}, {file.Text}");
        }
        terminal.Line();
        if (Differing is [])
        {
            terminal.Paragraph(IsProven ? "The experiment, the models and the result beside it are those that it proves." : $"This does not prove the result: {Missing()}.");
        }
    }

    /// <summary>Why a folder is not good, for people who see nothing else.</summary>
    public string Verdict(string run) => Terminal.Harmless($"{run} is not as its ledger says: {Differing[0].File} differs, {Differing[0].Text}."
        + (Differing.Count > 1 ? $" So do {string.Join(", ", Differing.Skip(1).Select(file => file.File))}." : ""));

    private string Missing() => Files.Where(file => file.IsOfResult && file.State != FileState.Holds).Select(file => file.File).ToArray() is { Length: > 0 } files
        ? $"not checked {(files.Length == 1 ? "was" : "were")} {string.Join(", ", files)}" : "the ledger is not complete";
}
