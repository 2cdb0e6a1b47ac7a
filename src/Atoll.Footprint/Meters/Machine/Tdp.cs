using System.Globalization;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>The thermal design power of well-known processors, which ships as <c>tdp.csv</c>.</summary>
/// <param name="Watts">Of a whole package.</param>
/// <param name="Threads">Of a whole package.</param>
internal sealed record Tdp(string Name, double Watts, int Threads, string Source)
{
    private static readonly Lazy<IReadOnlyList<Tdp>> Table = new(Load);

    public static IReadOnlyList<Tdp> All => Table.Value;

    /// <summary>The processor whose name is in what the machine calls it; the longest, so that <c>9654P</c> is not taken for <c>9654</c>. Null where it is not known.</summary>
    public static Tdp? Of(string name)
    {
        string words = $" {Plain(name)} ";
        return All.Where(t => words.Contains($" {t.Name} ", StringComparison.OrdinalIgnoreCase)).MaxBy(t => t.Name.Length);
    }

    /// <summary>Without marks and doubled blanks: <c>Intel(R) Xeon(R) Platinum 8480+</c> is <c>Intel Xeon Platinum 8480+</c>.</summary>
    private static string Plain(string name)
    {
        foreach (string mark in (string[])["(R)", "(TM)", "®", "™"])
        {
            name = name.Replace(mark, " ", StringComparison.OrdinalIgnoreCase);
        }
        return string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<Tdp> Load()
    {
        using Stream stream = typeof(Tdp).Assembly.GetManifestResourceStream("Meters/tdp") ?? throw new InvalidOperationException("The program lacks its table tdp.csv.");
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(','))
            .Select(c => new Tdp(c[0], double.Parse(c[1], CultureInfo.InvariantCulture), int.Parse(c[2], CultureInfo.InvariantCulture), c[3]))];
    }
}
