namespace Atoll.Dashboard.Tests.Page;

/// <summary>Runs in the page: what is wrong with where a chart's texts lie.</summary>
internal static class ChartProbe
{
    /// <summary>Pairs of texts in one chart of which each covers some of the other.</summary>
    public const string Overlaps = """
        () => [...document.querySelectorAll('[data-chart] svg')].flatMap(svg => {
          const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent).map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
          return texts.flatMap((a, i) => texts.slice(i + 1)
            .filter(b => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 2)
            .map(b => `${svg.closest('[data-chart]').dataset.chart}: ${a.text} | ${b.text}`));
        })
        """;

    /// <summary>Texts of which some lies outside their chart.</summary>
    public const string Cut = """
        () => [...document.querySelectorAll('[data-chart] svg')].flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter(text => text.textContent).filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
          }).map(text => `${svg.closest('[data-chart]').dataset.chart}: ${text.textContent}`);
        })
        """;
}
