using System.Globalization;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>One of RAPL's counters, a folder below <c>/sys/class/powercap</c>.</summary>
internal sealed class RaplZone(string folder)
{
    private const double MicrojoulesPerJoule = 1e6;

    private ulong _last;

    /// <summary><c>package-0</c>, <c>dram</c>.</summary>
    public string Name { get; } = Text(Path.Combine(folder, "name"));

    /// <summary>Looks at the counter.</summary>
    /// <exception cref="MeterException">It cannot be read.</exception>
    public void Begin() => _last = Number("energy_uj");

    /// <summary>Joules since the last look. A counter that is below where it was has run over, at <c>max_energy_range_uj</c>, once: looks are seconds apart and it takes minutes.</summary>
    /// <exception cref="MeterException">It cannot be read.</exception>
    public double Advance()
    {
        ulong now = Number("energy_uj"), before = _last;
        _last = now;
        if (now >= before)
        {
            return (now - before) / MicrojoulesPerJoule;
        }
        ulong range = Number("max_energy_range_uj");
        return range >= before
            ? (range - before + now) / MicrojoulesPerJoule
            : throw new MeterException($"RAPL {Name}: the counter fell from {before} to {now} µJ, which its range of {range} µJ does not explain.");
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MeterException($"RAPL is closed to this user: {file} cannot be read (root may open it: chmod a+r).", e);
        }
        catch (IOException e)
        {
            throw new MeterException($"RAPL: {file} cannot be read: {e.Message}", e);
        }
    }

    private ulong Number(string name)
    {
        string file = Path.Combine(folder, name), text = Text(file);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new MeterException($"RAPL: {file} must hold a whole number (was \"{text}\").");
    }
}
