using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Cli.Tests;

public sealed class FittedTableTests
{
    private static FittedTable Table => new FittedTable()
        .Add("arm", ["fedavg", "x"], isText: true)
        .Add("accuracy", ["95.6 %", "7 %"])
        .Add("sent", ["1 MB", "2 MB"], importance: 2)
        .Add("one", ["1", "2"], importance: 1)
        .Add("two", ["3", "4"], importance: 1);

    [Fact]
    public void Where_there_is_room_every_column_stands_text_to_the_left_and_figures_to_the_right() =>
        Table.Lines(80).ShouldBe(["arm     accuracy  sent  one  two", "──────  ────────  ────  ───  ───", "fedavg    95.6 %  1 MB    1    3", "x            7 %  2 MB    2    4"]);

    [Fact]
    public void What_matters_least_goes_first_and_goes_together() =>
        Table.Lines(31).ShouldBe(["arm     accuracy  sent", "──────  ────────  ────", "fedavg    95.6 %  1 MB", "x            7 %  2 MB"]);

    [Fact]
    public void Where_even_what_stays_is_too_wide_names_are_cut_short() =>
        new FittedTable().Add("arm", ["a-name-that-goes-on"], isText: true).Add("loss", ["0.312"]).Lines(20)
            .ShouldBe(["arm             loss", "─────────────  ─────", "a-name-that-…  0.312"]);

    [Fact]
    public void A_characters_width_is_that_of_the_terminal() =>
        new FittedTable().Add("site", ["病院", "abcd"], isText: true).Add("n", ["1", "2"]).Lines(80).Skip(2).ShouldBe(["病院  1", "abcd  2"]);

    [Fact]
    public void What_would_steer_the_terminal_is_shown_as_a_dot() =>
        new FittedTable().Add("site", ["\e[2Jgone"], isText: true).Lines(80)[2].ShouldBe("·[2Jgone");

    [Fact]
    public void No_line_is_ever_wider_than_it_may_be() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            string Word() => new('w', random.Next(1, 30));
            int rows = random.Next(1, 5), width = random.Next(40, 200);
            FittedTable table = new FittedTable().Add(Word(), Enumerable.Range(0, rows).Select(_ => Word()), isText: true);
            for (int i = 0; i < random.Next(8); i++)
            {
                table.Add(Word(), Enumerable.Range(0, rows).Select(_ => Word()), importance: random.Next(4));
            }
            return table.Lines(width).All(line => line.Length <= width);
        }).QuickCheckThrowOnFailure();
}
