using System.Text.RegularExpressions;

namespace Atoll.Footprint.Grids;

/// <summary>Which columns of a CSV file hold times and intensities, told from their names.</summary>
/// <param name="ToGramsPerKilowattHour">What the values are multiplied by.</param>
/// <param name="Note">What a reader must know of the choice; null where there was none.</param>
internal sealed partial record TraceColumns(int Time, int Intensity, double ToGramsPerKilowattHour, string? Note)
{
    private const double KilogramsPerPound = 0.45359237; // exact: the international pound, 1959

    private static readonly string[] s_times =
        ["timestamp", "timestamputc", "utctimestamp", "datetime", "datetimeutc", "utcdatetime", "pointtime", "time", "timeutc", "utctime", "date", "hour", "from", "start", "periodstart", "starttime"];

    /// <param name="asked">The column of intensities that the user names.</param>
    /// <exception cref="TraceException">They cannot be told.</exception>
    public static TraceColumns Of(string[] header, string name, string? asked)
    {
        int time = Array.FindIndex(header, column => s_times.Contains(Plain(column)));
        if (time < 0)
        {
            throw new TraceException($"{name}, line 1: a column of times must be named timestamp, datetime, point_time or the like, but the columns are {Listed(header)}.");
        }
        int[] found = asked is null
            ? [.. Enumerable.Range(0, header.Length).Where(i => i != time && IsIntensity(header[i], Plain(header[time]) == "pointtime"))]
            : [.. Enumerable.Range(0, header.Length).Where(i => string.Equals(header[i].Trim(), asked.Trim(), StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0)
        {
            throw new TraceException(asked is null
                ? $"{name}, line 1: a column of intensities must be named gCO2eq_per_kWh, carbon_intensity or the like, but the columns are {Listed(header)}."
                : $"{name}, line 1: there must be a column '{asked}', but the columns are {Listed(header)}{NearestName.Suggestion(asked, header)}");
        }
        int[] lifeCycle = [.. found.Where(i => LifeCycle().IsMatch(header[i]))], actual = [.. found.Where(i => Plain(header[i]).Contains("actual", StringComparison.Ordinal))];
        int chosen = found.Length == 1 ? found[0] : lifeCycle is [var one] ? one : actual is [var measured] ? measured
            : throw new TraceException($"{name}, line 1: one column of intensities must be chosen by its name, but there are several: {Listed([.. found.Select(i => header[i])])}.");
        (double factor, string? unit) = Factor(header[chosen], Plain(header[time]) == "pointtime");
        string? note = found.Length > 1 ? $"{name}: of several columns of intensities, '{header[chosen]}' was taken." : unit is null ? null : $"{name}: '{header[chosen]}' was read as {unit}.";
        return new(time, chosen, factor, note);
    }

    private static bool IsIntensity(string column, bool isWattTime)
    {
        string plain = Plain(column);
        return plain.Contains("carbonintensity", StringComparison.Ordinal) || plain.Contains("emissionintensity", StringComparison.Ordinal) || plain.Contains("emissionsintensity", StringComparison.Ordinal)
            || plain is "intensity" or "actual" or "actualintensity" or "intensityactual" or "moer" or "ci" || PerEnergy().IsMatch(plain) || (isWattTime && plain == "value");
    }

    /// <summary>A WattTime export says nothing of its unit, which is always lb/MWh.</summary>
    private static (double Factor, string? Unit) Factor(string column, bool isWattTime)
    {
        string plain = Plain(column);
        bool pounds = Pounds().IsMatch(plain) || plain == "moer" || (isWattTime && plain == "value");
        if (pounds)
        {
            return (KilogramsPerPound, "lb/MWh");
        }
        return Thousands().IsMatch(plain) ? (1000, "kg/kWh") : (1, null);
    }

    private static string Plain(string column) => string.Concat(column.Trim().Replace('₂', '2').Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string Listed(string[] header) => string.Join(", ", header.Select(column => $"'{column}'"));

    [GeneratedRegex(@"life.?cycle|\bLCA\b", RegexOptions.IgnoreCase)]
    private static partial Regex LifeCycle();

    /// <summary><c>gCO2eq_per_kWh</c>, <c>kg/MWh</c>, <c>lbs_co2_per_mwh</c>, without their signs.</summary>
    [GeneratedRegex(@"((g|kg|t|lbs?)co2(eq|e)?|^(g|grams|kg|t|lbs?))(per)?(kwh|mwh)")]
    private static partial Regex PerEnergy();

    [GeneratedRegex(@"lbs?(co2(eq|e)?)?(per)?mwh")]
    private static partial Regex Pounds();

    [GeneratedRegex(@"kg(co2(eq|e)?)?(per)?kwh|(tco2(eq|e)?|^t)(per)?mwh")]
    private static partial Regex Thousands();
}
