using System.Text;
using Atoll.Learning.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Data;

public sealed class CsvFileTests
{
    [Fact]
    public void Quotes_space_empty_lines_and_a_byte_order_mark_are_read_as_spreadsheets_write_them()
    {
        Table table = Read("\uFEFFid, name ,note\r\n1,\"a, \"\"b\"\"\",  x \r\n\r\n2,\"two\r\nlines\",\r\n3,c,z");

        table.Columns.ShouldBe(["id", "name", "note"]);
        table.Rows.Select(row => row.Cells).ShouldBe([["1", "a, \"b\"", "x"], ["2", "two\r\nlines", ""], ["3", "c", "z"]]);
        table.Rows.Select(row => row.ToString()).ShouldBe(["data.csv:2", "data.csv:4", "data.csv:6"]);
    }

    [Theory]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a,b\n1,2")]
    public void The_separator_is_found_out(string text) => Read(text).Rows.ShouldHaveSingleItem().Cells.ShouldBe(["1", "2"]);

    [Theory]
    [InlineData("", "data.csv must have at least one row of data, but is empty.")]
    [InlineData("a,b\n", "data.csv must have at least one row of data, but has none.")]
    [InlineData("a,b\n1,2\n\n1,2,3\n", "data.csv:4: a row must have 2 cells as the header has, but this one has 3.")]
    [InlineData("a,b\n1\n", "data.csv:2: a row must have 2 cells as the header has, but this one has 1.")]
    [InlineData("a,b,a\n1,2,3\n", "data.csv: column names must differ, but 'a' is there twice (columns 1 and 3).")]
    [InlineData("a,,b\n1,2,3\n", "data.csv:1: every column must have a name in the header, but column 2 has none.")]
    [InlineData("1,2.5\n3,4\n", "data.csv:1: the first row must name the columns, but holds numbers only.")]
    public void A_file_that_is_no_table_is_refused_with_file_and_line(string text, string message) =>
        Should.Throw<DataException>(() => Read(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData("a,b\n1,2\n\"3,4\n5,6\n", "data.csv:3: quotes must enclose a whole cell and close")]
    [InlineData("a,b\n1,x\"y\n", "data.csv:2: quotes must enclose a whole cell and close")]
    public void A_stray_quote_is_refused_with_its_line(string text, string message) => Should.Throw<DataException>(() => Read(text)).Message.ShouldStartWith(message);

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_its_line()
    {
        MemoryStream latin1 = new([.. "a,b\n1,2\n3,M"u8, 0xFC, .. "ller\n"u8]);

        Should.Throw<DataException>(() => CsvFile.Read(latin1, "data.csv")).Message.ShouldBe("data.csv:3: the text must be UTF-8, but is not. Save the file again as UTF-8.");
    }

    [Fact]
    public void A_missing_file_is_refused_by_name() =>
        Should.Throw<DataException>(() => CsvFile.Read(["/nowhere/cleveland.csv"])).Message.ShouldBe("There is no file '/nowhere/cleveland.csv'.");

    [Fact]
    public void A_file_without_header_takes_the_names_it_is_given()
    {
        Table table = CsvFile.Read(new MemoryStream("1,2\n3,4\n"u8.ToArray()), "raw.data", ["x", "y"]);

        table.Rows.Select(row => row.Cells).ShouldBe([["1", "2"], ["3", "4"]]);
    }

    [Fact]
    public void Several_files_are_appended_by_column_name()
    {
        Table table = Table.Append([Read("a,b\n1,2\n"), Read("b,a\n4,3\n")]);

        table.Rows.Select(row => row.Cells).ShouldBe([["1", "2"], ["3", "4"]]);
        Should.Throw<DataException>(() => Table.Append([Read("a,b\n1,2\n"), Read("a,c\n1,2\n")])).Message.ShouldBe("data.csv must have the same columns as data.csv, but lacks 'b'.");
        Should.Throw<DataException>(() => Table.Append([Read("a\n1\n2\n"), Read("a,c\n1,2\n")])).Message.ShouldBe("data.csv must have the same columns as data.csv, but has 'c' besides.");
    }

    [Fact]
    public void A_misspelt_column_is_answered_with_the_nearest() =>
        Should.Throw<DataException>(() => Read("age,weight\n1,2\n").Column("wieght", "label")).Message.ShouldBe("label: data.csv has no column 'wieght'; did you mean 'weight'? The columns are: age, weight.");

    [Fact]
    public void What_is_written_reads_back_the_same_whatever_the_cells_hold()
    {
        string folder = Directory.CreateTempSubdirectory("atoll-").FullName;
        string[] parts = ["a", "Zürich", ",", ";", "\t", "|", "\"", "\n", "\r\n", " ", "#", "1.5", "=", "'", "\\"];
        Gen<string> cell = from pieces in Gen.Elements(parts).ListOf() select string.Concat(pieces.Take(5)).Trim();
        var tables = from columns in Gen.Choose(2, 4) from rows in cell.ArrayOf(columns).NonEmptyListOf() select (columns, rows);
        int file = 0;
        try
        {
            Prop.ForAll(tables.ToArbitrary(), t =>
            {
                string path = Path.Combine(folder, $"{file++}.csv");
                Table table = new("t", [.. Enumerable.Range(0, t.columns).Select(i => i == 0 ? "a;b;c;d" : $"col {i}")], [.. t.rows.Select(cells => new TableRow("t", 1, cells))]);

                CsvFile.Write(table, path);

                Table read = CsvFile.Read(path);
                read.Columns.ShouldBe(table.Columns);
                read.Rows.Select(row => row.Cells).ShouldBe(table.Rows.Select(row => row.Cells));
            }).QuickCheckThrowOnFailure();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nothing_is_written_over_a_file_that_is_there()
    {
        string path = Path.GetTempFileName();
        try
        {
            Should.Throw<IOException>(() => CsvFile.Write(Read("a,b\n1,2\n"), path));
            new FileInfo(path).Length.ShouldBe(0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Table Read(string text) => CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv");
}
