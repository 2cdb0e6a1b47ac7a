namespace Atoll.Cli.Tests;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("NO_COLOR", "1", false)]
    [InlineData("CI", "true", false)]
    [InlineData("TERM", "dumb", false)]
    [InlineData("TERM", "xterm-256color", true)]
    [InlineData("NO_COLOR", "", true)]
    public void A_terminal_is_drawn_on_unless_the_environment_says_no(string variable, string value, bool may) =>
        Terminal.MayDraw(name => name == variable ? value : null).ShouldBe(may);

    [Fact]
    public void A_stream_that_is_no_console_gets_plain_lines() => Terminal.Of(new StringWriter()).IsLive.ShouldBeFalse();

    [Fact]
    public void Paragraphs_break_between_words_and_keep_long_words_whole() =>
        Terminal.Wrap("one two three /a/path/of/many/letters four", 10, 2).ShouldBe(["one two", "  three", "  /a/path/of/many/letters", "  four"]);

    [Fact]
    public void An_entry_goes_on_below_its_own_beginning_and_keeps_a_wide_word_whole()
    {
        StringWriter writer = new() { NewLine = "\n" };

        new Terminal(writer, isLive: false, width: 20).Entry("Here    ", "in two lines a-path-that-is-wider-than-a-line");

        writer.ToString().ShouldBe("Here    in two lines\n        a-path-that-is-wider-than-a-line\n");
    }
}
