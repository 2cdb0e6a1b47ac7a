// Axes, tooltips and lines as every chart has them.
import type { ChartOption, LineSeriesOption } from "../echarts";
import type { Arm, MetricFacts } from "../model";
import { axisText, metricText, shortName } from "../format";
import { dashOf, symbolOf, type Theme } from "../theme";
import { isNarrow, type Scene } from "./chart";

export interface TooltipRow {
  readonly slot: number | null;
  readonly name: string;
  readonly value: string;
}

export function base(scene: Scene): ChartOption {
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

export function valueAxis(theme: Theme, metric: MetricFacts, name: string) {
  return {
    type: "value" as const,
    scale: true,
    name,
    nameLocation: "end" as const,
    nameTextStyle: { color: theme.quiet, align: "left" as const, fontSize: 12, padding: [0, 0, 4, -44] },
    axisLabel: { color: theme.quiet, fontSize: 12, formatter: (value: number) => axisText(metric, value) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.rule, width: 1 } },
    splitNumber: 4,
  };
}

export function stepAxis(theme: Theme, name: string) {
  return {
    name,
    nameLocation: "middle" as const,
    nameGap: 30,
    nameTextStyle: { color: theme.quiet, fontSize: 12 },
    axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true },
    axisLine: { lineStyle: { color: theme.quiet } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

/** The baseline last and thickest, so that it lies over the others. */
export function armLine(scene: Scene, arm: Arm, points: readonly (readonly [number, number])[]): LineSeriesOption {
  const colour = scene.theme.arm(arm.slot);
  return {
    type: "line",
    name: arm.result.name,
    data: points.map((point) => [...point]),
    z: arm.isBaseline ? 5 : 3,
    // One point is no line: show it as a mark. A line that stopped ends in one.
    showSymbol: points.length === 1,
    symbol: symbolOf(arm.slot),
    symbolSize: 7,
    lineStyle: { color: colour, width: arm.isBaseline ? 2.5 : 2, type: dashOf(arm.slot) },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    endLabel: { show: hasEndLabels(scene), formatter: () => shortName(arm.result.name, 16), color: scene.theme.ink, fontSize: 12, distance: 6 },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

/** Lines are named at their ends where there is room, else by the legend alone. */
export function hasEndLabels(scene: Scene): boolean {
  return scene.width >= 720 && scene.arms.length <= 8;
}

export function lineGrid(scene: Scene): { left: number; right: number; top: number; bottom: number } {
  const longest = Math.max(0, ...scene.arms.map((arm) => Math.min(16, [...arm.result.name].length)));
  return { left: isNarrow(scene) ? 48 : 56, right: hasEndLabels(scene) ? 24 + longest * 7 : 16, top: 34, bottom: 48 };
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
