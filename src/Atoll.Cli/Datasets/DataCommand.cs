using System.CommandLine;
using System.Globalization;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Atoll.Cli;

/// <summary><c>atoll data list | show NAME | get NAME</c>: the data sets that Atoll knows.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "The data sets that Atoll knows: what they are, and getting them.") { List(), Show(), Get() };

    private static Command List()
    {
        Command command = new("list", "Every data set of the catalog.");
        command.SetAction(_ => Guard(() =>
        {
            CatalogCache cache = CatalogCache.Default();
            string[] heads = ["Name", "What it is", "Size", "Licence", "Here"];
            string[][] rows = [.. DataCatalog.Entries.Select(entry => new[] { entry.Name, entry.Title, entry.Size, entry.Licence, Here(entry, cache) })];
            if (Console.IsOutputRedirected)
            {
                Console.Out.Write(string.Concat(rows.Prepend(heads).Select(row => string.Join('\t', row) + "\n")));
                return;
            }
            Table table = new Table().RoundedBorder();
            table.AddColumns(heads);
            foreach (string[] row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }
            AnsiConsole.Write(table);
            AnsiConsole.MarkupLineInterpolated($"Kept in {cache.Root} (set {CatalogCache.RootVariable} for another folder).");
        }));
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = Name();
        Command command = new("show", "What one data set is: licence, citation, size, and where each file comes from.") { name };
        command.SetAction(result => Guard(() =>
        {
            CatalogEntry entry = DataCatalog.Find(result.GetRequiredValue(name));
            CatalogCache cache = CatalogCache.Default();
            Console.WriteLine($"{entry.Name}: {entry.Title}\n{entry.Description}\n");
            Console.WriteLine($"Size      {entry.Size}\nLicence   {entry.Licence}\nCitation  {entry.Citation}\nHere      {Here(entry, cache)} ({cache.Root})");
            foreach (CatalogFile file in entry.Files)
            {
                Console.WriteLine($"\n{file.Name}  {Amount(file.Bytes)}\n  sha256  {file.Sha256}");
                foreach (FileSource source in file.Sources)
                {
                    Console.WriteLine($"  from    {source.Description}");
                }
            }
        }));
        return command;
    }

    private static Command Get()
    {
        Argument<string> name = Name();
        Option<string?> from = new("--from") { Description = "A folder that has the files already: they are verified and copied.", HelpName = "FOLDER" };
        Command command = new("get", "Gets a data set from the first of its sources that has it right, and keeps it.") { name, from };
        command.SetAction((result, cancellation) => GuardAsync(async () =>
        {
            CatalogEntry entry = DataCatalog.Find(result.GetRequiredValue(name));
            CatalogCache cache = CatalogCache.Default();
            string? folder = result.GetValue(from);
            if (folder is not null && !Directory.Exists(folder))
            {
                throw new DataException($"--from must be a folder, but there is none at '{folder}'.");
            }
            if (Console.IsOutputRedirected)
            {
                await cache.GetAsync(entry, folder, new Lines(), cancellation).ConfigureAwait(false);
            }
            else
            {
                await AnsiConsole.Progress().StartAsync(bars => cache.GetAsync(entry, folder, new Bars(bars), cancellation)).ConfigureAwait(false);
            }
            Console.WriteLine($"{entry.Name} is in {Path.Combine(cache.Root, entry.Name)}, every file verified.");
            Console.WriteLine($"{entry.Licence}; please cite: {entry.Citation}");
        }, cancellation));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = $"One of: {string.Join(", ", DataCatalog.Entries.Select(entry => entry.Name))}." };

    private static string Here(CatalogEntry entry, CatalogCache cache) => cache.Has(entry) ? "yes" : "no";

    private static string Amount(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");

    private static int Guard(Action action) => GuardAsync(() =>
    {
        action();
        return Task.CompletedTask;
    }, CancellationToken.None).GetAwaiter().GetResult();

    private static async Task<int> GuardAsync(Func<Task> action, CancellationToken cancellation)
    {
        try
        {
            await action().ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (DataException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; files that were complete are kept.").ConfigureAwait(false);
            return ExitCode.Interrupted;
        }
    }

    /// <summary>One line a file, for output that is no terminal.</summary>
    private sealed class Lines : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            if (value.Verified)
            {
                Console.WriteLine($"{value.File.Name}  {Amount(value.Bytes)}  {value.Source?.Description ?? "here already"}");
            }
        }
    }

    private sealed class Bars(ProgressContext bars) : IProgress<FetchProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(FetchProgress value)
        {
            if (!_tasks.TryGetValue(value.File.Name, out ProgressTask? task))
            {
                _tasks[value.File.Name] = task = bars.AddTask(Markup.Escape(value.File.Name), maxValue: value.File.Bytes);
            }
            task.Value = value.Bytes;
        }
    }
}
