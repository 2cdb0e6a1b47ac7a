// Axes, tooltips and lines as every chart has them.
import type { ChartOption, LineSeriesOption } from "../echarts";
import type { Arm, MetricFacts, NamedArm } from "../model";
import { axisText, metricText, shortName } from "../format";
import { dashOf, symbolOf, type Theme } from "../theme";
import { spreadApart, type Range } from "../scale";
import { isNarrow, type AnyScene } from "./chart";
import { textWidth } from "../text";

export interface TooltipRow {
  readonly slot: number | null;
  readonly name: string;
  readonly value: string;
}

export function base(scene: { readonly theme: Theme }): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: scene.theme.font, color: scene.theme.ink },
    tooltip: {
      confine: true,
      className: "chart-tooltip",
      // The style sheet draws the box; these undo what ECharts would draw.
      backgroundColor: scene.theme.paper,
      borderColor: scene.theme.rule,
      borderWidth: 1,
      padding: [8, 12],
      extraCssText: "box-shadow:none",
      textStyle: { color: scene.theme.ink, fontSize: 13, fontFamily: scene.theme.font },
      transitionDuration: 0,
    },
  };
}

/** Built from nodes, never from markup: names come from data that anyone may have written. */
export function tooltip(title: string, rows: readonly TooltipRow[]): HTMLElement {
  const box = document.createElement("div");
  box.append(element("p", "tip-title", title));
  for (const row of rows) {
    const line = element("p", row.slot === null ? "tip-row" : `tip-row arm-${row.slot}`, "");
    if (row.slot !== null) {
      line.append(element("span", "swatch", ""));
    }
    line.append(element("span", "tip-name", row.name), element("span", "tip-value", row.value));
    box.append(line);
  }
  return box;
}

export function valueAxis(theme: Theme, metric: MetricFacts, range: Range) {
  return {
    type: "value" as const,
    ...range,
    name: metric.label,
    nameLocation: "end" as const,
    nameTextStyle: { color: theme.quiet, align: "left" as const, fontSize: 12, padding: [0, 0, 4, -44] },
    axisLabel: { color: theme.quiet, fontSize: 12, formatter: (value: number) => axisText(metric, value) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.rule, width: 1 } },
  };
}

export function stepAxis(theme: Theme, name: string) {
  return {
    name,
    nameLocation: "middle" as const,
    nameGap: 32,
    nameTextStyle: { color: theme.quiet, fontSize: 12 },
    axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, margin: 12 },
    axisLine: { lineStyle: { color: theme.quiet } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

/** Where an arm stopped before its end. */
const cross = "path://M0,1L1,0L5,4L9,0L10,1L6,5L10,9L9,10L5,6L1,10L0,9L4,5Z";

export type Points = readonly (readonly [number, number])[];

/** A line's place among those that lie on it. */
export interface Turn {
  readonly index: number;
  readonly of: number;
}

/** Which lines lie on each other, to within a pixel or so: each would hide those below. */
export function turns(lines: readonly Points[], range: Pick<Range, "min" | "max">): Turn[] {
  const near = (range.max - range.min) / 300;
  const first = lines.map((line, i) => lines.slice(0, i).findIndex((other) => liesOn(line, other, near)));
  const group = first.map((at, i) => (at < 0 ? i : at));
  return group.map((at, i) => ({ index: group.slice(0, i).filter((other) => other === at).length, of: group.filter((other) => other === at).length }));
}

function liesOn(line: Points, other: Points, near: number): boolean {
  return line.length === other.length && line.every(([x, y], i) => x === other[i]?.[0] && Math.abs(y - other[i][1]) <= near);
}

/** Lines that lie on each other show in turn, dash by dash. */
function styleOf(arm: NamedArm, { index, of }: Turn) {
  const dash = 8;
  return of > 1 ? { type: [dash, dash * (of - 1)], dashOffset: -dash * index } : { type: dashOf(arm.slot) };
}

/** The baseline last and thickest, so that it lies over the others. */
export function armLine(scene: AnyScene, arm: NamedArm, points: Points, turn: Turn = { index: 0, of: 1 }): LineSeriesOption {
  const colour = scene.theme.arm(arm.slot);
  const isStopped = arm.isStopped;
  return {
    type: "line",
    name: arm.name,
    data: points.map((point) => [...point]),
    z: arm.isBaseline ? 5 : 3,
    // One point is no line: show it as a mark. A line that stopped ends in one.
    showSymbol: points.length === 1 || isStopped,
    symbol: isStopped ? cross : symbolOf(arm.slot),
    symbolSize: isStopped ? (_: unknown, at: { dataIndex: number }) => (at.dataIndex === points.length - 1 ? 11 : 0) : 7,
    clip: true,
    lineStyle: { color: colour, width: arm.isBaseline ? 2.5 : 2, ...styleOf(arm, turn) },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  };
}

/** Names the lines at the right, where each ends, moved apart where they would overlap. */
export function endLabels(scene: AnyScene, range: Pick<Range, "min" | "max">, ends: readonly { readonly arm: NamedArm; readonly value: number }[]) {
  const height = chartHeight(scene);
  const { top, bottom, right } = lineGrid(scene);
  const bodyHeight = height - top - bottom;
  const shown = hasEndLabels(scene) ? ends.filter((end) => end.value >= range.min && end.value <= range.max) : [];
  const wanted = shown.map((end) => top + bodyHeight * (1 - (end.value - range.min) / (range.max - range.min)));
  const placed = spreadApart(wanted, 17, top, top + bodyHeight);
  return shown.flatMap((end, i) => {
    const x = scene.width - right + 8;
    const y = placed[i] ?? 0;
    return [
      { type: "line" as const, silent: true, shape: { x1: x, y1: y, x2: x + 14, y2: y }, style: { stroke: scene.theme.arm(end.arm.slot), lineWidth: end.arm.isBaseline ? 2.5 : 2, lineDash: dashOf(end.arm.slot) } },
      { type: "text" as const, silent: true, x: x + 20, y, style: { text: endName(end.arm), fill: scene.theme.ink, fontSize: 12, fontFamily: scene.theme.font, verticalAlign: "middle" as const } },
    ];
  });
}

function endName(arm: NamedArm): string {
  return shortName(arm.name, 16) + (arm.isStopped ? " stopped" : "");
}

export function chartHeight(scene: AnyScene): number {
  return isNarrow(scene) ? 300 : 400;
}

/** Lines are named at their ends where there is room, else by the legend alone. */
export function hasEndLabels(scene: AnyScene): boolean {
  return scene.width >= 640 && scene.arms.length <= 14;
}

export function lineGrid(scene: AnyScene): { left: number; right: number; top: number; bottom: number } {
  const longest = Math.max(0, ...scene.arms.map((arm) => textWidth(scene.theme, endName(arm))));
  return { left: isNarrow(scene) ? 48 : 56, right: hasEndLabels(scene) ? 40 + longest : 16, top: 34, bottom: 50 };
}

export function metricValue(metric: MetricFacts, value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : metricText(metric, value);
}

function element(tag: string, className: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/** A metric after each round in which it was evaluated. */
export function courseOf(arm: Arm, metric: string): { round: number; bytes: number; value: number }[] {
  return arm.result.rounds.flatMap((round) => {
    const value = round.metrics[metric];
    return value === null || value === undefined ? [] : [{ round: round.round, bytes: round.bytes, value }];
  });
}
