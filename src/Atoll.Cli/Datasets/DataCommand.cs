using System.CommandLine;
using Atoll.Dashboard.Figures;
using Atoll.Learning.Data.Catalog;
using Spectre.Console;

namespace Atoll.Cli.Datasets;

/// <summary><c>atoll data list | show NAME | get NAME | partition FILE</c>: the data sets that Atoll knows, and how an experiment spreads one.</summary>
internal static class DataCommand
{
    public static Command Create() => new Verb("data", "The data sets that Atoll knows: what they are, and getting them; and how sites would look.")
    {
        Footer = """
            Examples:
              atoll data list
              atoll data get mnist
              atoll data get heart-disease --from ~/downloads    files that are here already
              atoll data partition examples/digits
              atoll data partition examples/hospitals --out sites    one CSV file a site

            """,
        Subcommands = { List(), Show(), Get(), PartitionCommand.Create() },
    };

    private static Command List()
    {
        Command command = new("list", "Every data set of the catalog.");
        command.SetAction(parsed =>
        {
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            CatalogCache cache = CatalogCache.Default();
            IReadOnlyList<CatalogEntry> entries = DataCatalog.Entries;
            new FittedTable()
                .Add("name", entries.Select(e => e.Name), isText: true)
                .Add("here", entries.Select(e => Here(e, cache)), isText: true)
                .Add("size", entries.Select(e => e.Size), isText: true)
                .Add("licence", entries.Select(e => e.Licence), importance: 1, isText: true)
                .Add("what it is", entries.Select(e => e.Title), importance: 2, isText: true)
                .WriteTo(terminal);
            terminal.Line();
            terminal.Line($"Kept in {cache.Root} ({CatalogCache.RootVariable} names another folder). More on each: atoll data show NAME");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = Name();
        Command command = new("show", "What one data set is: licence, citation, size, and where each file comes from.") { name };
        command.SetAction(parsed =>
        {
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            CatalogEntry entry = DataCatalog.Find(parsed.GetRequiredValue(name));
            CatalogCache cache = CatalogCache.Default();
            terminal.Paragraph($"{entry.Name}: {entry.Title}", new Style(decoration: Decoration.Bold));
            terminal.Paragraph(entry.Description);
            terminal.Line();
            terminal.Entry("Size      ", entry.Size);
            terminal.Entry("Licence   ", entry.Licence);
            terminal.Entry("Citation  ", entry.Citation);
            terminal.Entry("Here      ", $"{Here(entry, cache)} ({cache.Root})");
            foreach (CatalogFile file in entry.Files)
            {
                terminal.Line();
                terminal.Line($"{file.Name}  {Figure.Bytes(file.Bytes)}");
                terminal.Entry("  sha256  ", file.Sha256);
                foreach (FileSource source in file.Sources)
                {
                    terminal.Entry("  from    ", source.Description);
                }
            }
        });
        return command;
    }

    private static Command Get()
    {
        Argument<string> name = Name();
        Option<string?> from = new("--from") { Description = "A folder that has the files already: they are verified and copied.", HelpName = "FOLDER" };
        Command command = new("get", "Gets a data set from the first of its sources that has it right, and keeps it.") { name, from };
        command.SetAction(async (parsed, cancellation) =>
        {
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            CatalogEntry entry = DataCatalog.Find(parsed.GetRequiredValue(name));
            CatalogCache cache = CatalogCache.Default();
            string? folder = parsed.GetValue(from);
            if (folder is not null && !Directory.Exists(folder))
            {
                throw new CommandException(ExitCode.BadInput, $"--from must be a folder, but there is none at '{folder}'.");
            }
            await Fetching.GetAsync(entry, cache, folder, terminal, cancellation);
            terminal.Line($"{entry.Name} is in {Path.Combine(cache.Root, entry.Name)}, every file verified.");
            terminal.Line($"{entry.Licence}; please cite: {entry.Citation}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = $"One of: {string.Join(", ", DataCatalog.Entries.Select(entry => entry.Name))}." };

    private static string Here(CatalogEntry entry, CatalogCache cache) => cache.Has(entry) ? "yes" : "no";
}
