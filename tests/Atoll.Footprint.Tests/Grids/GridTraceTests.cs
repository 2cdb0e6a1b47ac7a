using System.Text;
using Atoll.Footprint.Grids;

namespace Atoll.Footprint.Tests.Grids;

public sealed class GridTraceTests
{
    private const string Gapped = "timestamp,gCO2eq_per_kWh\n2022-01-01T00:00:00Z,10\n2022-01-01T01:00:00Z,20\n2022-01-01T04:00:00Z,50\n2022-01-01T05:00:00Z,60\n2022-01-01T07:00:00Z,80\n2022-01-01T08:00:00Z,90\n2022-01-01T09:00:00Z,91\n";

    [Theory]
    [InlineData("timestamp,gCO2eq_per_kWh", "2022-01-01T00:00:00Z,100", "2022-01-01T00:05:00Z,200", 5)]
    [InlineData("datetime,carbonIntensity,zone", "2022-01-01T00:00:00.000Z,100,DE", "2022-01-01T00:15:00.000Z,200,DE", 15)]
    [InlineData("Datetime (UTC),Country,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle)", "2022-01-01 00:00:00,Sweden,1,100", "2022-01-01 01:00:00,Sweden,1,200", 60)]
    [InlineData("point_time,value", "2022-01-01T00:00:00+00:00,220.46226218487757", "2022-01-01T00:05:00+00:00,440.92452436975514", 5)]
    [InlineData("from;to;forecast;actual", "2022-01-01T00:00Z;2022-01-01T00:30Z;7;100", "2022-01-01T00:30Z;2022-01-01T01:00Z;7;200", 30)]
    [InlineData("date,kgCO2e/kWh", "2022-01-01,0.1", "2022-01-02,0.2", 1440)]
    [InlineData("time,carbon_intensity", "2022-01-01T02:00:00+02:00,100", "2022-01-01T02:00:00+01:00,200", 60)]
    public void Exports_of_many_services_are_read_in_grams_and_utc(string header, string first, string second, int minutes)
    {
        GridTrace trace = Read($"{header}\n{first}\n{second}\n");
        trace.Intensities.ToArray().ShouldBe([100, 200], 1e-9);
        trace.Step.ShouldBe(TimeSpan.FromMinutes(minutes));
        trace.Start.ShouldBe(new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(GapRule.Interpolate, new double[] { 10, 20, 30, 40, 50, 60, 70, 80, 90, 91 })]
    [InlineData(GapRule.Hold, new double[] { 10, 20, 20, 20, 50, 60, 60, 80, 90, 91 })]
    [InlineData(GapRule.AsListed, new double[] { 10, 20, 50, 60, 80, 90, 91 })]
    public void Gaps_are_handled_as_asked_and_reported(GapRule rule, double[] expected)
    {
        GridTrace trace = Read(Gapped, rule);
        trace.Intensities.ToArray().ShouldBe(expected, 1e-12);
        TraceGaps gaps = trace.Gaps.ShouldNotBeNull();
        (gaps.Count, gaps.MissingSteps, gaps.CoveredSteps, gaps.LongestSteps).ShouldBe((2, 3, 10, 2));
        trace.Notes.ShouldHaveSingleItem().ShouldContain("3 of 10 steps of 1 h are missing, in 2 gaps, the longest 2 h from 2022-01-01T02:00Z");
    }

    [Fact]
    public void Gaps_are_refused_where_asked() =>
        Should.Throw<TraceException>(() => Read(Gapped, GapRule.Refuse)).Message.ShouldContain("must have no gaps where they are refused, but 3 of 10 steps");

    [Fact]
    public void A_row_without_a_value_is_a_gap() =>
        Read("timestamp,intensity\n2022-01-01T00:00Z,10\n2022-01-01T01:00Z,\n2022-01-01T02:00Z,30\n").Intensities.ToArray().ShouldBe([10, 20, 30]);

    [Theory]
    [InlineData("timestamp,intensity\n2022-01-01T01:00Z,1\n2022-01-01T00:00Z,2\n", "line 3: times must ascend")]
    [InlineData("timestamp,intensity\n2022-01-01T01:00Z,1\n2022-01-01T01:00Z,2\n", "line 3: each time must be there once")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,NaN\n", "line 3, intensity: an intensity must be a number from 0 to 20000 g/kWh (was \"NaN\")")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,-5\n", "line 3, intensity: an intensity must be")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,Infinity\n", "line 3, intensity: an intensity must be")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,9999999\n", "line 3, intensity: an intensity must be")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,\"1,5\"\n", "line 3, intensity: an intensity must be")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,high\n", "line 3, intensity: an intensity must be")]
    [InlineData("timestamp,intensity\nyesterday,1\n", "line 2, timestamp: a time must be ISO 8601, such as 2022-01-01T00:00:00Z (was \"yesterday\")")]
    [InlineData("timestamp,intensity\n01/02/2022,1\n", "line 2, timestamp: a time must be ISO 8601")]
    [InlineData("timestamp,intensity\n2022-02-30T00:00Z,1\n", "line 2, timestamp: a time must be ISO 8601")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z\n", "line 3: a row must have 2 values")]
    [InlineData("timestamp,intensity\n", "must have at least one value, but has no rows")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,\n", "none of its rows has one")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n", "the step must be told from at least two rows")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,1\n2022-01-01T01:30Z,1\n", "no distance is that of more than half of the rows")]
    [InlineData("timestamp,intensity\n2022-01-01T00:00Z,1\n2022-01-01T01:00Z,1\n2022-01-01T02:00Z,1\n2022-01-01T02:20Z,1\n", "line 5: times must lie whole steps of 1 h")]
    [InlineData("timestamp,intensity\n0022-01-01T00:00Z,1\n2022-01-01T00:00Z,1\n2022-01-01T00:05Z,1\n2022-01-01T00:10Z,1\n", "line 3: a trace must have at most")]
    [InlineData("when,intensity\n", "a column of times must be named")]
    [InlineData("timestamp,price\n", "a column of intensities must be named")]
    [InlineData("timestamp,renewable_percentage,net_MWh\n", "a column of intensities must be named")]
    [InlineData("timestamp,carbon_intensity,emissions_intensity\n", "one column of intensities must be chosen")]
    [InlineData("", "is empty")]
    public void What_is_wrong_is_said_with_its_line(string text, string says) => Should.Throw<TraceException>(() => Read(text)).Message.ShouldContain(says);

    [Fact]
    public void A_column_of_another_name_can_be_asked_for()
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes("timestamp,mine,intensity\n2022-01-01T00:00Z,1,2\n2022-01-01T01:00Z,1,2\n"));
        GridTrace.Read(stream, "trace.csv", GapRule.Interpolate, "mine").Intensities.ToArray().ShouldBe([1, 1]);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Should.Throw<TraceException>(() => GridTrace.Read("nowhere.csv", GapRule.Hold)).Message.ShouldBe("There must be a trace at 'nowhere.csv', but there is no such file.");
        Should.Throw<TraceException>(() => GridTrace.Read(Path.GetTempPath(), GapRule.Hold)).Message.ShouldContain("is a folder");
    }

    [SkippableTheory]
    [InlineData("PJM", 8737, 23)]
    [InlineData("CISO", 8757, 3)]
    [InlineData("ERCO", 8760, 0)]
    [InlineData("BPAT", 8760, 0)]
    public void A_real_year_has_its_rows_and_its_gaps(string area, int rows, int missing)
    {
        GridTrace listed = SharedTraces.Read(area, GapRule.AsListed), filled = SharedTraces.Read(area, GapRule.Interpolate);
        listed.Intensities.Length.ShouldBe(rows);
        filled.Intensities.Length.ShouldBe(8760);
        (filled.Gaps?.MissingSteps ?? 0).ShouldBe(missing);
    }

    private static GridTrace Read(string text, GapRule rule = GapRule.Interpolate)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return GridTrace.Read(stream, "trace.csv", rule);
    }
}
