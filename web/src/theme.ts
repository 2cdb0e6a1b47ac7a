// Colours come from the style sheet, so that charts follow light, dark and print as the page does.

export interface Theme {
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly paper: string;
  readonly heatLow: string;
  readonly heatHigh: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly font: string;
  arm(slot: number): string;
  /** An arm's colour thinned by paper, opaque, that ink can be read on. */
  tint(slot: number): string;
  /** Of a part of a whole, the first the strongest. */
  part(index: number): string;
  /** Around every part, so that the faint ones are seen. */
  readonly partEdge: string;
  /** Of black and white the one that can be read on the heat scale there, 0 to 1: on any colour one of them has a contrast above 4.5. */
  onHeat(share: number): "black" | "white";
}

export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    quiet: read("--quiet"),
    rule: read("--rule"),
    paper: read("--paper"),
    heatLow: read("--heat-low"),
    heatHigh: read("--heat-high"),
    accent: read("--accent"),
    accentSoft: read("--accent-soft"),
    font: getComputedStyle(document.body).fontFamily,
    arm: (slot) => read(`--arm-${slot}`),
    tint: (slot) => {
      const arm = rgb(read(`--arm-${slot}`));
      return `rgb(${rgb(read("--paper")).map((c, i) => Math.round(c + 0.32 * ((arm[i] ?? 0) - c))).join(", ")})`;
    },
    part: (index) => read(`--part-${index}`),
    partEdge: read("--part-edge"),
    onHeat: (share) => {
      const low = rgb(read("--heat-low"));
      const high = rgb(read("--heat-high"));
      const there = luminance(low.map((c, i) => c + share * ((high[i] ?? 0) - c)));
      return contrast(1, there) > contrast(0, there) ? "white" : "black";
    },
  };
}

function rgb(hex: string): number[] {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Told apart without colour too: by dash and by marker. */
export function dashOf(slot: number): "solid" | "dashed" | "dotted" | number[] {
  const dashes: ("solid" | "dotted" | number[])[] = ["solid", [6, 4], "solid", "solid", "solid", "solid", "solid", [8, 3], [8, 3], [8, 3], [3, 3], [3, 3]];
  return dashes[slot] ?? "solid";
}

export function symbolOf(slot: number): string {
  const symbols = ["circle", "emptyCircle", "circle", "triangle", "rect", "diamond", "emptyRect", "emptyTriangle", "emptyDiamond", "circle", "triangle", "rect"];
  return symbols[slot] ?? "circle";
}
