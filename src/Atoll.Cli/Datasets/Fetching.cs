using Atoll.Dashboard.Figures;
using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Spectre.Console;

namespace Atoll.Cli.Datasets;

/// <summary>Gets data sets of the catalog, and shows how far it has come.</summary>
internal static class Fetching
{
    public static Task GetAsync(CatalogEntry entry, CatalogCache cache, string? from, Terminal terminal, CancellationToken cancellation) => terminal.IsLive
        ? terminal.Console.Progress().StartAsync(bars => cache.GetAsync(entry, from, new Bars(bars), cancellation))
        : cache.GetAsync(entry, from, new Lines(terminal), cancellation);

    /// <summary>Gets what these arms need of the catalog and is not here yet.</summary>
    /// <exception cref="CommandException">It cannot be had: the message says how it can.</exception>
    public static async Task RequireAsync(IEnumerable<Arm> arms, Terminal terminal, CancellationToken cancellation)
    {
        CatalogCache cache = CatalogCache.Default();
        foreach (CatalogEntry entry in arms.Select(arm => arm.Data.Catalog).OfType<string>().Distinct().Select(DataCatalog.Find).Where(e => !cache.Has(e)))
        {
            terminal.Line($"{entry.Name} is not here yet: getting {Figure.Bytes(entry.Files.Sum(f => f.Bytes))} ({entry.Licence}) into {cache.Root}");
            try
            {
                await GetAsync(entry, cache, null, terminal, cancellation);
            }
            catch (DataException e)
            {
                throw new CommandException(ExitCode.BadInput, $"The data set {entry.Name} is not here and cannot be had now. {e.Message}\n"
                    + $"Try again with: atoll data get {entry.Name}\nOr, with its files in a folder: atoll data get {entry.Name} --from FOLDER", e);
            }
        }
    }

    /// <summary>One line a file, where nothing can be drawn over.</summary>
    private sealed class Lines(Terminal terminal) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            if (value.Verified)
            {
                terminal.Line($"{value.File.Name}  {Figure.Bytes(value.Bytes)}  {value.Source?.Description ?? "here already"}");
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
