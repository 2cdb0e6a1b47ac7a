namespace Atoll.Dashboard.Tests.Page;

/// <summary>Runs in the page: every visible text's contrast with what lies behind it, those below 4.5 listed.</summary>
internal static class ContrastProbe
{
    public const string Script = """
        () => {
          const rgb = text => (text.match(/[\d.]+/g) ?? []).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = rgb(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          // Text in a chart lies on the cell that is drawn there, else on the page.
          const cellBehind = text => {
            const box = text.getBoundingClientRect();
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const cells = [...text.ownerSVGElement.querySelectorAll('path')].filter(path => {
              const r = path.getBoundingClientRect();
              const fill = getComputedStyle(path).fill;
              return fill.startsWith('rgb(') && r.left < x && r.right > x && r.top < y && r.bottom > y;
            });
            return cells.length ? rgb(getComputedStyle(cells.at(-1)).fill) : behind(text.ownerSVGElement.parentElement);
          };
          let seen = 0;
          const faint = [];
          const judge = (element, ink, ground) => {
            seen++;
            const ratio = contrast(ink, ground);
            if (ratio < 4.5) faint.push(`${element.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)} (${ink} on ${ground})`);
          };
          for (const element of document.querySelectorAll('body *:not(script):not(style)')) {
            if (element.closest('svg')) {
              if (element.tagName === 'text') judge(element, rgb(getComputedStyle(element).fill), cellBehind(element));
              continue;
            }
            const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
            if (hasText && element.getClientRects().length) judge(element, rgb(getComputedStyle(element).color), behind(element));
          }
          return { seen, faint };
        }
        """;
}
