import type { MetricFacts } from "./model";

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Round ends and steps around values: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function roundRange(low: number, high: number, steps: number): Range {
  const span = high - low || Math.abs(high) * 0.1 || 1;
  const rough = span / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 2.5, 5, 10].find((step) => step * power >= rough * 0.999) ?? 10) * power;
  const clean = (value: number): number => Number(value.toPrecision(12));
  const [first, last] = [Math.floor(low / interval + 1e-9), Math.ceil(high / interval - 1e-9)];
  // Values that are all the same, and round, have a chart around them too.
  const margin = first === last ? 2 : 0;
  return { min: clean((first - margin) * interval), max: clean((last + margin) * interval), interval };
}

/**
 * The range in which curves are told apart. A first round that knows nothing would press all that follows into a thin band,
 * so each curve's worst fifth may leave the chart; arms that stopped do not count where others did not.
 */
export function curveRange(metric: MetricFacts, curves: readonly { readonly values: readonly number[]; readonly isStopped: boolean }[], levels: readonly number[]): Range {
  const going = curves.filter((curve) => !curve.isStopped && curve.values.length > 0);
  const counted = going.length > 0 ? going : curves.filter((curve) => curve.values.length > 0);
  const sorted = counted.map((curve) => [...curve.values].sort((a, b) => (metric.higherIsBetter ? a - b : b - a)));
  const worst = sorted.map((values) => values[Math.floor((values.length - 1) * 0.2)] ?? 0);
  const best = sorted.map((values) => values.at(-1) ?? 0);
  const all = [...worst, ...best, ...levels];
  if (all.length === 0) {
    return { min: 0, max: 1, interval: 0.25 };
  }

  const low = Math.min(...all);
  const high = Math.max(...all);
  const range = roundRange(low, high, 4);
  // A share has a floor and a ceiling; a step beyond them would be empty.
  return metric.isShare ? { ...range, min: Math.max(0, range.min), max: Math.min(1, range.max) } : range;
}

/** Moves marks apart that would overlap, as little as may be, keeping their order and staying within the ends. */
export function spreadApart(wanted: readonly number[], distance: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let floor = low;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, floor);
    floor = (placed[i] ?? 0) + distance;
  }
  let ceiling = high;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, ceiling);
    ceiling = (placed[i] ?? 0) - distance;
  }
  return placed;
}
