using System.Globalization;
using System.Text.RegularExpressions;
using Atoll.Learning.Data;

namespace Atoll.Cli.Datasets;

/// <summary>One CSV file a site, in a folder.</summary>
internal static partial class SiteFiles
{
    private const int LongestName = 64;

    /// <summary>Writes each site's table into its file.</summary>
    /// <param name="names">The sites, in the tables' order.</param>
    /// <param name="tables">Taken one at a time: together they may be large.</param>
    /// <exception cref="CommandException">A file is there already: then nothing is written; or one cannot be written.</exception>
    public static IReadOnlyList<(string Site, string Path, int Rows)> Write(string folder, IReadOnlyList<string> names, IEnumerable<Table> tables)
    {
        Dictionary<string, string> paths = Names(names).ToDictionary(name => name.Key, name => Path.Combine(folder, name.Value));
        if (File.Exists(folder) || paths.Values.FirstOrDefault(Path.Exists) is not null)
        {
            string taken = File.Exists(folder) ? folder : paths.Values.First(Path.Exists);
            throw new CommandException(ExitCode.BadInput, $"{taken} is there already: nothing was written. Give --out another folder.");
        }
        List<(string, string, int)> written = [];
        try
        {
            Directory.CreateDirectory(folder);
            foreach (Table table in tables)
            {
                CsvFile.Write(table, paths[table.Name]);
                written.Add((table.Name, paths[table.Name], table.Rows.Count));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"The files of the sites cannot be written to {folder}: {e.Message}", e);
        }
        return written;
    }

    /// <summary>A file name for each site, on any platform: letters, digits, <c>-</c> and <c>_</c>, and no two that differ only in case.</summary>
    public static IReadOnlyDictionary<string, string> Names(IReadOnlyList<string> sites)
    {
        OrderedDictionary<string, string> names = [];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (string site in sites)
        {
            string plain = Plain(site), name = plain;
            for (int n = 2; !taken.Add(name); n++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{plain}-{n}");
            }
            names[site] = $"{name}.csv";
        }
        return names;
    }

    /// <summary>A site's name as a part of a file's or folder's.</summary>
    public static string Plain(string site)
    {
        string plain = Unsafe().Replace(site, "-").Trim('-');
        return plain.Length == 0 || Reserved().IsMatch(plain) ? $"site-{plain}".TrimEnd('-') : plain.Length <= LongestName ? plain : plain[..LongestName].TrimEnd('-');
    }

    [GeneratedRegex(@"[^\p{L}\p{Nd}_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
