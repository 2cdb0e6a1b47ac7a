import { isNarrow } from "../charts/chart";
import { armLine, base, chartHeight, endLabels, lineGrid, tooltip } from "../charts/parts";
import { amountRange, amountText, axisAmount, stepOf } from "./amount";
import { axisOf, isGeometric, linearAxis, logAxis, type Axis } from "./layout";
import { figureOf, type PlanChart, type PlanScene, type Sweep } from "./model";
import { textWidth } from "../text";

/** An output of each arm over the values of one input, the crossings marked. */
export function sweepCurves(sweep: Sweep, index: number): PlanChart {
  return {
    name: `sweep-${index}`,
    hasLegend: true,
    views: () => [],
    height: chartHeight,
    option(scene) {
      const { data, theme } = scene;
      const figure = figureOf(data, sweep.show);
      const curves = scene.arms.flatMap((arm) => {
        const points = (sweep.arms[arm.name] ?? []).flatMap((value, i) => (value === null ? [] : [[sweep.values[i] ?? 0, value] as const]));
        return points.length === 0 ? [] : [{ arm, points }];
      });
      const first = Math.min(...sweep.values);
      const last = Math.max(...sweep.values);
      const x = isGeometric(sweep.values) ? logAxis(first, last) : linearAxis(first, last);
      const all = nearBest(sweep, curves.map(({ arm }) => sweep.arms[arm.name] ?? []), figure.higherIsBetter);
      const y = all.length === 0 ? linearAxis(0, 1) : bounded(axisOf(all, [], (low, high) => amountRange(data, low, high, figure.unit, 4)), figure.unit);
      const height = (value: number): number => y.at(value);
      // A logarithmic axis ticks at powers of ten: of the unit that is read, not of the one that is kept (10 GB, not 12.5 GB which are 10¹¹ bits).
      const size = stepOf(data, sweep.unit, first).size;
      return {
        ...base(scene),
        graphic: [
          ...endLabels(scene, { min: 0, max: 1 }, curves.map(({ arm, points }) => ({ arm, value: height(points.at(-1)?.[1] ?? 0) }))),
          ...markLines(scene, sweep, x),
        ],
        grid: lineGrid(scene),
        xAxis: {
          type: x.isLog ? "log" : "value",
          min: first / size,
          max: last / size,
          name: sweep.vary,
          nameLocation: "middle",
          nameGap: 32,
          nameTextStyle: { color: theme.quiet, fontSize: 12 },
          splitNumber: isNarrow(scene) ? 3 : 6,
          axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, margin: 12, showMinLabel: !x.isLog, showMaxLabel: false, formatter: (value: number) => axisAmount(data, value * size, sweep.unit, value * size) },
          axisLine: { onZero: false, lineStyle: { color: theme.quiet } },
          axisTick: { show: false },
          splitLine: { show: false },
        },
        yAxis: {
          type: y.isLog ? "log" : "value",
          min: y.min,
          max: y.max,
          ...(y.interval === undefined ? {} : { interval: y.interval }),
          name: figure.label,
          nameLocation: "end",
          nameTextStyle: { color: theme.quiet, align: "left", fontSize: 12, padding: [0, 0, 4, -lineGrid(scene).left + 8] },
          axisLabel: { color: theme.quiet, fontSize: 12, showMinLabel: !y.isLog, showMaxLabel: !y.isLog, formatter: (value: number) => axisAmount(data, value, figure.unit, y.isLog ? value : y.max) },
          axisLine: { show: false },
          axisTick: { show: false },
          splitLine: { lineStyle: { color: theme.rule, width: 1 } },
        },
        tooltip: {
          ...base(scene).tooltip,
          trigger: "axis",
          axisPointer: { type: "line", lineStyle: { color: theme.quiet, width: 1, type: "dotted" }, snap: true },
          formatter: (params) => {
            const items = (Array.isArray(params) ? params : [params]) as unknown as { seriesName?: string; value: [number, number] }[];
            return tooltip(amountText(data, (items[0]?.value[0] ?? 0) * size, sweep.unit), items.map((item) => ({
              slot: scene.arms.find((arm) => arm.name === item.seriesName)?.slot ?? null,
              name: item.seriesName ?? "",
              value: amountText(data, item.value[1], figure.unit),
            })));
          },
        },
        series: curves.map(({ arm, points }) => armLine(scene, arm, points.map(([at, value]) => [at / size, value] as const))),
      };
    },
  };
}

/**
 * Values between which the choice is made. A curve that rises to a hundred times the best would press all crossings into the chart's floor,
 * so what is more than three times the worst of the best, and more than any arm's as planned, may leave the chart.
 */
function nearBest(sweep: Sweep, curves: readonly (readonly (number | null)[])[], isHigherBetter: boolean): number[] {
  const all = curves.flatMap((values) => values.flatMap((value) => value ?? []));
  if (isHigherBetter || all.some((value) => value < 0)) {
    return all;
  }

  const best = sweep.values.flatMap((_, i) => {
    const there = curves.flatMap((values) => values[i] ?? []);
    return there.length === 0 ? [] : [Math.min(...there)];
  });
  const now = sweep.now ?? 0;
  const here = sweep.values.findIndex((value) => value >= now);
  const planned = here < 0 ? [] : curves.flatMap((values) => values[here] ?? []);
  return all.filter((value) => value <= Math.max(3 * Math.max(...best), ...planned));
}

/** A share cannot pass its ceiling. */
function bounded(axis: Axis, unit: string): Axis {
  if (unit !== "share" || axis.isLog || axis.max <= 1) {
    return axis;
  }

  return { ...linearAxis(Math.max(0, axis.min), 1), ...(axis.interval === undefined ? {} : { interval: axis.interval }) };
}

/** Upright lines where the best arm changes, and one where the plan is now. Their names stand below each other where they would overlap. */
function markLines(scene: PlanScene, sweep: Sweep, x: Axis) {
  const { theme, data } = scene;
  const grid = lineGrid(scene);
  const body = scene.width - grid.left - grid.right;
  const bottom = chartHeight(scene) - grid.bottom;
  const inside = (value: number): boolean => x.at(value) >= 0 && x.at(value) <= 1;
  const marks = [
    ...sweep.marks.filter(inside).map((value) => ({ value, text: amountText(data, value, sweep.unit), isNow: false })),
    ...(sweep.now !== undefined && inside(sweep.now) ? [{ value: sweep.now, text: `plan: ${amountText(data, sweep.now, sweep.unit)}`, isNow: true }] : []),
  ].sort((a, b) => a.value - b.value);
  const rows: number[] = [];
  const placed = marks.map((mark) => {
    const at = grid.left + body * x.at(mark.value);
    const width = textWidth(theme, mark.text) + 10;
    const from = at + width + 4 > scene.width - grid.right ? at - width - 4 : at + 4;
    let row = rows.findIndex((end) => from > end);
    row = row < 0 ? rows.length : row;
    rows[row] = from + width;
    return { mark, at, from, y: grid.top + 10 + row * 18 };
  });
  // Names over all lines, not each over its own.
  return [
    ...placed.map(({ mark, at }) => ({ type: "line" as const, silent: true, shape: { x1: at, y1: grid.top, x2: at, y2: bottom }, style: { stroke: mark.isNow ? theme.quiet : theme.accent, lineWidth: mark.isNow ? 1 : 1.5, lineDash: mark.isNow ? [2, 3] : [5, 3] } })),
    ...placed.map(({ mark, from, y }) => ({ type: "text" as const, silent: true, z: 8, x: from, y, style: { text: mark.text, fill: mark.isNow ? theme.quiet : theme.accent, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle" as const, backgroundColor: theme.paper, padding: [1, 3] } })),
  ];
}
