// The same words for amounts as Atoll.Dashboard.Figures.UnitScale, from the same table of units.
import { roundRange, type Range } from "../scale";
import type { PlanData, UnitStep } from "./model";

/** What a text of an amount needs of a page. */
export type Units = Pick<PlanData, "units">;

const plain: readonly UnitStep[] = [{ before: "", after: "", size: 1 }];
const minus = "−";

export function amountText(data: Units, value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? "–" : inStep(value, stepOf(data, unit, value));
}

/** For an axis: as few digits as its steps need, in the unit that the axis's end has. */
export function axisAmount(data: PlanData, value: number, unit: string, end: number): string {
  const step = stepOf(data, unit, end);
  const shown = Number((value / step.size).toPrecision(4));
  const text = Math.abs(shown) >= 1000 ? shown.toLocaleString("en-US") : String(shown);
  return `${shown < 0 ? minus : ""}${step.before}${text.replace("-", "")}${step.after}`;
}

/** Round ends and steps in the unit in which the axis is shown: whole days, not a hundred hours. */
export function amountRange(data: PlanData, low: number, high: number, unit: string, steps: number, like = Math.max(Math.abs(low), Math.abs(high))): Range {
  const { size } = stepOf(data, unit, like);
  const range = roundRange(low / size, high / size, steps);
  return { min: range.min * size, max: range.max * size, interval: range.interval * size };
}

/** A value whose unit suits all values: the least one's, as in the page's tables, where the largest is not ten thousand of it. */
export function likeAll(data: PlanData, values: readonly number[], unit: string): number {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const least = Math.min(...sizes);
  const most = Math.max(...sizes);
  return sizes.length === 0 ? 0 : isSpreadTime(values, unit) ? most : most / stepOf(data, unit, least).size < 10_000 ? least : most;
}

/** Times that nobody would read in one unit: minutes beside hours beside days. */
export function isSpreadTime(values: readonly number[], unit: string): boolean {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  return (unit === "h" || unit === "s") && Math.max(...sizes) >= 30 * Math.min(...sizes);
}

export function inStep(value: number, step: UnitStep): string {
  const text = digits(Math.abs(value) / step.size, step.decimals);
  return `${value < 0 && /[1-9]/.test(text) ? minus : ""}${step.before}${text}${step.after}`;
}

/** The largest unit of which the value is at least one. */
export function stepOf(data: Units, unit: string, value: number): UnitStep {
  const steps = data.units[unit] ?? plain;
  const size = Math.abs(value);
  const fallback = steps[0] ?? { before: "", after: "", size: 1 };
  return size === 0
    ? steps.reduce((best, step) => (Math.abs(Math.log(step.size)) < Math.abs(Math.log(best.size)) ? step : best), fallback)
    : (steps.findLast((step) => size / step.size >= 0.9995) ?? fallback);
}

function digits(shown: number, decimals: number | undefined): string {
  if (decimals !== undefined) {
    return shown.toFixed(decimals);
  }
  if (shown === 0) {
    return "0";
  }
  if (shown >= 1e7 || shown < 0.0009995) {
    const [number = "", power = ""] = shown.toExponential(2).split("e");
    return `${number} × 10${[...power.replace("+", "")].map((c) => (c === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? ""))).join("")}`;
  }
  if (shown >= 999.5) {
    return Math.round(shown).toLocaleString("en-US");
  }
  if (Number.isInteger(shown) || shown >= 99.95) {
    return shown.toFixed(0);
  }
  return shown.toFixed(shown >= 9.995 ? 1 : shown >= 0.9995 ? 2 : shown >= 0.09995 ? 3 : shown >= 0.009995 ? 4 : 5);
}
