import type { BarSeriesOption, CustomSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, tooltip } from "../charts/parts";
import { amountRange, amountText, axisAmount, inStep, isSpreadTime, likeAll, stepOf } from "./amount";
import { partsKey } from "./key";
import { figureOf, type PlanChart, type PlanScene, type StackFacts } from "./model";
import { fitText, textWidth } from "../text";

/** What each arm's time, energy, carbon or money goes to. */
export const stacks: PlanChart = {
  name: "stacks",
  hasLegend: false,
  views: (data) => data.stacks.map((stack) => ({ id: stack.name, label: stack.label })),
  height: (scene) => key(scene).height + 30 + scene.arms.length * rowHeight(scene) + 10,
  option(scene) {
    const { theme, data, arms } = scene;
    const stack = stackOf(scene);
    const unit = figureOf(data, stack.total).unit;
    const totals = arms.map((arm) => arm.plan.values[stack.total] ?? null);
    const ends = arms.map((arm) => Math.max(arm.plan.values[stack.total] ?? 0, arm.plan.ranges[stack.total]?.[1] ?? 0));
    const like = likeAll(data, totals.flatMap((total) => total ?? []), unit);
    const range = amountRange(data, 0, Math.max(...ends, 0), unit, isNarrow(scene) ? 2 : 4, like);
    const names = nameWidth(scene);
    const texts = totals.map((total) => (total === null ? "–" : isSpreadTime(totals.flatMap((each) => each ?? []), unit) ? amountText(data, total, unit) : inStep(total, stepOf(data, unit, like))));
    const right = 16 + Math.max(...texts.map((text) => textWidth(theme, text)));
    const series: BarSeriesOption[] = stack.parts.map((part, i) => ({
      type: "bar",
      stack: "parts",
      name: stack.labels[i] ?? part,
      // A part that is nothing must not draw its edge.
      data: arms.map((arm) => (arm.plan.values[part] ? arm.plan.values[part] : null)),
      barWidth: 18,
      itemStyle: { color: theme.part(i), borderColor: theme.partEdge, borderWidth: 1 },
      emphasis: { disabled: true },
    }));
    const whole: CustomSeriesOption = {
      type: "custom",
      silent: true,
      z: 6,
      data: arms.map((arm, i) => [totals[i] ?? 0, i, ...(arm.plan.ranges[stack.total] ?? [totals[i] ?? 0, totals[i] ?? 0])]),
      renderItem: (_, api) => {
        const row = Number(api.value(1));
        const at = (x: number): number[] => api.coord([x, row]);
        const [low = 0, y = 0] = at(Number(api.value(2)));
        const [high = 0] = at(Number(api.value(3)));
        const [end = 0] = at(Number(api.value(0)));
        const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, shape: { x1, y1, x2, y2 }, style: { stroke: theme.ink, lineWidth: 1 } });
        return {
          type: "group",
          children: [
            ...(high > low ? [line(low, y + 13, high, y + 13), line(low, y + 10.5, low, y + 15.5), line(high, y + 10.5, high, y + 15.5)] : []),
            { type: "text", x: Math.max(end, 0) + 8, y, style: { text: texts[row] ?? "", fill: theme.ink, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle" } },
          ],
        };
      },
    };
    return {
      ...base(scene),
      graphic: key(scene).elements,
      grid: { left: names + 12, right: Math.max(right, 16), top: key(scene).height + 30, bottom: 10 },
      xAxis: {
        type: "value",
        position: "top",
        ...range,
        axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, formatter: (value: number) => axisAmount(data, value, unit, like) },
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: theme.rule } },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: arms.map((arm) => arm.name),
        axisLabel: { color: theme.ink, fontSize: 12, interval: 0, formatter: (name: string) => fitText(theme, name, names) },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.quiet } },
      },
      tooltip: {
        ...base(scene).tooltip,
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: theme.rule, opacity: 0.35 } },
        formatter: (params) => {
          const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
          const arm = arms[first?.dataIndex ?? 0];
          return arm === undefined ? "" : tooltip(arm.name, [
            ...stack.parts.map((part, i) => ({ slot: null, name: stack.labels[i] ?? part, value: amountText(data, arm.plan.values[part], unit) })),
            { slot: arm.slot, name: "in all", value: amountText(data, arm.plan.values[stack.total], unit) },
          ]);
        },
      },
      series: [...series, whole],
    };
  },
};

function stackOf(scene: PlanScene): StackFacts {
  return scene.data.stacks.find((stack) => stack.name === scene.view) ?? scene.data.stacks[0] ?? { name: "", label: "", total: "", parts: [], labels: [] };
}

function key(scene: PlanScene) {
  return partsKey(scene.theme, stackOf(scene).labels, 0, scene.width);
}

function nameWidth(scene: PlanScene): number {
  return Math.min(isNarrow(scene) ? 92 : 200, Math.max(...scene.arms.map((arm) => textWidth(scene.theme, arm.name))) + 2);
}

function rowHeight(scene: PlanScene): number {
  return scene.arms.length > 14 ? 36 : 42;
}
