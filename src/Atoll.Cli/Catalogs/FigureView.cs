using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Catalogs;

/// <summary>One figure with all that is known of it, in a few lines.</summary>
internal static class FigureView
{
    private const int HeadWidth = 11;

    /// <param name="head">What the figure is: <c>power</c>.</param>
    /// <param name="text">How to print it; to three digits where not given.</param>
    public static void Write<TDimension>(Terminal terminal, string head, Sourced<TDimension> figure, Func<Estimate<TDimension>, string>? text = null)
        where TDimension : IDimension<TDimension>
    {
        Origin origin = figure.Origin;
        terminal.Entry(head.PadRight(HeadWidth), $"{(text ?? QuantityText.Print)(new(figure.Value, figure.Low, figure.High))}, {Word(origin.Basis)}");
        string indent = new(' ', HeadWidth);
        terminal.Entry(indent, origin.Year is { } year ? $"{origin.Source}, {year}" : origin.Source);
        if (origin.Note is not null)
        {
            terminal.Entry(indent, origin.Note);
        }
        if (origin.Url is not null)
        {
            terminal.Entry(indent, origin.Url);
        }
    }

    /// <summary><c>measured</c>.</summary>
    public static string Word(Basis basis) => basis.ToString().ToLowerInvariant();
}
