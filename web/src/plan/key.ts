import type { Theme } from "../theme";
import { textWidth } from "../text";

const rowHeight = 24;

/** What the parts' colours mean, in rows above a chart. */
export function partsKey(theme: Theme, labels: readonly string[], left: number, width: number, parts: readonly number[] = labels.map((_, i) => i)) {
  let x = left;
  let row = 0;
  const elements = labels.flatMap((label, i) => {
    const need = 20 + textWidth(theme, label) + 18;
    if (x > left && x + need > left + width) {
      x = left;
      row++;
    }
    const at = x;
    x += need;
    return [
      { type: "rect" as const, silent: true, shape: { x: at, y: 5 + row * rowHeight, width: 13, height: 13, r: 2 }, style: { fill: theme.part(parts[i] ?? 0), stroke: theme.partEdge, lineWidth: 1 } },
      { type: "text" as const, silent: true, x: at + 20, y: 12 + row * rowHeight, style: { text: label, fill: theme.ink, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle" as const } },
    ];
  });
  return { elements, height: (row + 1) * rowHeight };
}
