// How wide a text is, and a text no wider than that.
import type { Theme } from "./theme";

let ruler: CanvasRenderingContext2D | null = null;

/** In pixels. */
export function textWidth(theme: Theme, text: string, size = 12, weight = 400): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) {
    return text.length * size * 0.6;
  }

  ruler.font = `${weight} ${size}px ${theme.font}`;
  return ruler.measureText(text).width;
}

/** Shortened from its middle, where paths are told apart least. */
export function fitText(theme: Theme, text: string, width: number): string {
  if (textWidth(theme, text) <= width) {
    return text;
  }

  const letters = [...text];
  for (let kept = letters.length - 1; kept > 4; kept--) {
    const shown = `${letters.slice(0, Math.ceil(kept * 0.35)).join("")}…${letters.slice(letters.length - Math.floor(kept * 0.65) + 1).join("")}`;
    if (textWidth(theme, shown) <= width) {
      return shown;
    }
  }
  return letters.slice(0, 3).join("") + "…";
}
