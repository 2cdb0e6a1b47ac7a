// Where things lie in a chart whose grid is known: projections, widths of text, labels that keep clear of each other.
import type { Range } from "../scale";

/** Ends of an axis that is linear or logarithmic, and where a value lies between them, 0 to 1. */
export interface Axis {
  readonly isLog: boolean;
  readonly min: number;
  readonly max: number;
  readonly interval?: number;
  at(value: number): number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Logarithmic where the values differ twentyfold or more: small ones would be pressed to the edge. */
export function axisOf(values: readonly number[], ends: readonly number[], rangeOf: (low: number, high: number) => Range): Axis {
  const low = Math.min(...values, ...ends);
  const high = Math.max(...values, ...ends);
  const isLog = Math.min(...values) > 0 && low > 0 && Math.max(...values) / Math.min(...values) >= 20;
  if (isLog) {
    const [from, to] = [Math.log10(low), Math.log10(high)];
    const pad = (to - from) * 0.06;
    return logAxis(10 ** (from - pad), 10 ** (to + pad));
  }

  const range = rangeOf(low, high);
  return { ...range, isLog, at: (value) => (value - range.min) / (range.max - range.min) };
}

export function logAxis(min: number, max: number): Axis {
  const [from, to] = [Math.log10(min), Math.log10(max)];
  return { isLog: true, min, max, at: (value) => (to === from ? 0.5 : (Math.log10(value) - from) / (to - from)) };
}

export function linearAxis(min: number, max: number): Axis {
  return { isLog: false, min, max, at: (value) => (max === min ? 0.5 : (value - min) / (max - min)) };
}

/** Whether values grow by a factor rather than by a step. */
export function isGeometric(values: readonly number[]): boolean {
  const [first = 0, second = 0, last = 0] = [values[0], values[Math.floor(values.length / 2)], values.at(-1)];
  return first > 0 && last / first >= 5 && Math.abs(second - (first + last) / 2) > Math.abs(second - Math.sqrt(first * last));
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** A place for a label beside each point, clear of the other labels, of the points and of the frame; null where there is none. */
export function placeLabels(points: readonly { readonly x: number; readonly y: number; readonly width: number }[], frame: Box, height = 16): (Box & { readonly isFar: boolean } | null)[] {
  const taken: Box[] = points.map((point) => ({ x: point.x - 8, y: point.y - 8, width: 16, height: 16 }));
  return points.map((point, own) => {
    const { x, y, width } = point;
    const places: Box[] = [];
    for (const across of [x + 8, x - 8 - width]) {
      places.push({ x: across, y: y - 6 - height, width, height }, { x: across, y: y + 6, width, height });
    }
    for (const away of [0, 14, 28, 42, 56, 70]) {
      for (const up of away === 0 ? [0] : [-away, away]) {
        places.push({ x: x + 12, y: y - height / 2 + up, width, height }, { x: x - 12 - width, y: y - height / 2 + up, width, height });
      }
      places.push({ x: x - width / 2, y: y - 12 - height - away, width, height }, { x: x - width / 2, y: y + 12 + away, width, height });
    }
    const within = places.filter((place) => place.x >= frame.x && place.y >= frame.y && place.x + place.width <= frame.x + frame.width && place.y + place.height <= frame.y + frame.height);
    // Clear of names and points; in a crowd, of names alone.
    const free = within.find((place) => taken.every((other, i) => i === own || !overlaps(place, other)))
      ?? within.find((place) => taken.slice(points.length).every((other) => !overlaps(place, other)));
    if (free !== undefined) {
      taken.push(free);
    }
    if (free === undefined) {
      return null;
    }

    const [across, up] = [Math.max(free.x - x, x - free.x - width, 0), Math.max(free.y - y, y - free.y - height, 0)];
    return { ...free, isFar: Math.hypot(across, up) > 18 };
  });
}
