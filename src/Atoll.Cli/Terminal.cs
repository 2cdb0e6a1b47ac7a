using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Atoll.Cli;

/// <summary>Where text for people goes: a terminal that can be drawn on, or a plain stream of lines.</summary>
internal sealed class Terminal
{
    private const int PlainWidth = 80;

    private readonly TextWriter _writer;

    /// <param name="isLive">Whether what was written can be drawn over, in colour.</param>
    public Terminal(TextWriter writer, bool isLive, int width)
    {
        _writer = writer;
        IsLive = isLive;
        Console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isLive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new() { UseDefaultEnrichers = false },
        });
        Console.Profile.Width = width;
        Console.Profile.Capabilities.Unicode = writer.Encoding is not ASCIIEncoding;
    }

    public IAnsiConsole Console { get; }

    public bool IsLive { get; }

    public int Width => Console.Profile.Width;

    /// <summary>A writer of the command line, as it finds itself: the console's own may be a terminal, any other is not.</summary>
    public static Terminal Of(TextWriter writer)
    {
        bool isTerminal = (ReferenceEquals(writer, System.Console.Out) && !System.Console.IsOutputRedirected)
            || (ReferenceEquals(writer, System.Console.Error) && !System.Console.IsErrorRedirected);
        return new(writer, isTerminal && MayDraw(Environment.GetEnvironmentVariable), Columns(isTerminal));
    }

    /// <summary>Whether the environment lets a terminal be drawn on. <see href="https://no-color.org"/></summary>
    public static bool MayDraw(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && string.IsNullOrEmpty(variable("CI")) && variable("TERM") != "dumb";

    /// <summary>One line, however long: paths and commands are copied whole.</summary>
    public void Line(string text = "") => _writer.WriteLine(Harmless(text));

    /// <summary>A paragraph, broken at the width.</summary>
    /// <param name="indent">Of the lines after the first.</param>
    public void Paragraph(string text, Style? style = null, int indent = 0)
    {
        foreach (string line in Wrap(Harmless(text), Width, indent))
        {
            Line(line, style);
        }
    }

    /// <summary>A paragraph beside its head, at whose end its other lines begin too.</summary>
    public void Entry(string head, string text)
    {
        string blank = new(' ', head.Length);
        foreach ((int i, string line) in Wrap(Harmless(text), Width - head.Length, indent: 0).Index())
        {
            Line((i == 0 ? head : blank) + line);
        }
    }

    /// <summary>One line that fits.</summary>
    public void Line(string text, Style? style)
    {
        if (IsLive && style is not null)
        {
            Console.Write(new Text(text + "\n", style));
        }
        else
        {
            Line(text);
        }
    }

    /// <summary>Breaks between words. A word that is wider than a line has one of its own, whole.</summary>
    internal static IEnumerable<string> Wrap(string text, int width, int indent)
    {
        StringBuilder line = new();
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', indent);
                isEmpty = true;
            }
            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }
        yield return line.ToString();
    }

    /// <summary>Names come from files of others: what would steer the terminal is shown as a dot.</summary>
    public static string Harmless(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '·' : c)) : text;

    private static int Columns(bool isTerminal)
    {
        if (isTerminal && System.Console.WindowWidth > 0)
        {
            return System.Console.WindowWidth;
        }
        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns >= 20
            ? columns
            : PlainWidth;
    }
}
