// The same words for numbers as Atoll.Dashboard.Figures.Figure.
import type { MetricFacts } from "./model";

const minus = "−";

export function metricText(metric: MetricFacts, value: number): string {
  return metric.isShare ? `${fixed(value * 100, 1)} %` : plain(value);
}

export function gapText(metric: MetricFacts, gap: number): string {
  const size = metric.isShare ? `${fixed(Math.abs(gap) * 100, 1)} points` : plain(Math.abs(gap));
  const sign = /[1-9]/.test(size) ? (gap < 0 ? minus : "+") : "±";
  return sign + size;
}

/** For an axis: as few digits as its steps need. */
export function axisText(metric: MetricFacts, value: number): string {
  const shown = metric.isShare ? value * 100 : value;
  const rounded = Number(shown.toPrecision(6));
  const text = Math.abs(rounded) >= 1000 ? rounded.toLocaleString("en-US") : String(rounded);
  return text.replace("-", minus) + (metric.isShare ? " %" : "");
}

export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
  let unit = 0;
  let value = bytes;
  while (Math.abs(value) >= 999.5 && unit + 1 < units.length) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit] ?? ""}`;
}

export function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** A name short enough for an axis: shortened in its middle, because names often begin alike. */
export function shortName(name: string, most: number): string {
  const letters = [...name];
  const head = Math.ceil((most - 1) * 0.45);
  return letters.length <= most ? name : `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (most - 1 - head)).join("")}`;
}

function plain(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) {
    return value.toExponential(3).replace("-", minus);
  }
  if (size >= 999.95) {
    return Math.round(value).toLocaleString("en-US").replace("-", minus);
  }
  return fixed(value, size >= 99.995 ? 1 : size >= 9.9995 ? 2 : 3);
}

function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", minus);
}
