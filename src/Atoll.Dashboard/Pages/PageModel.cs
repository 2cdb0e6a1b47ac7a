namespace Atoll.Dashboard.Pages;

/// <summary>What every page knows: its charts' script and data, and each arm's colour.</summary>
/// <remarks>Public only because the Razor compiler makes every component public; its members are not.</remarks>
public abstract class PageModel
{
    /// <summary>Places in the palette for arms that have none of their own.</summary>
    private protected const int Colours = 10;

    private protected PageModel(string? script) => Script = script;

    /// <summary>The charts' script; null for the page of tables.</summary>
    internal string? Script { get; }

    /// <summary>The id of the element that holds the charts' data: the script tells pages apart by it.</summary>
    internal abstract string DataName { get; }

    /// <summary>An arm's place in the palette: 0 is the baseline.</summary>
    internal abstract int Slot(string arm);

    /// <summary>The charts' data, safe inside a script element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped.</summary>
    internal abstract string DataJson();
}
