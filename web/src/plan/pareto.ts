import type { CustomSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, chartHeight, tooltip } from "../charts/parts";
import { shortName } from "../format";
import { amountRange, amountText, axisAmount } from "./amount";
import { axisOf, placeLabels, type Axis, type Box } from "./layout";
import { figureOf, type PlanArm, type PlanChart, type PlanData } from "./model";
import { textWidth } from "../text";

const cost = "cost-usd.total";
const carbon = "carbon-kg.total";
const time = "wall-clock-hours";
const pairs: Readonly<Record<string, readonly [string, string]>> = { "cost-carbon": [cost, carbon], "cost-time": [cost, time], "time-carbon": [time, carbon] };

/** Two outputs of each arm against each other; lower left is better. */
export const pareto: PlanChart = {
  name: "pareto",
  hasLegend: false,
  views: () => [{ id: "cost-carbon", label: "cost and carbon" }, { id: "cost-time", label: "cost and time" }, { id: "time-carbon", label: "time and carbon" }],
  height: chartHeight,
  option(scene) {
    const { data, theme } = scene;
    const [across, up] = pairs[scene.view] ?? [cost, carbon];
    const arms = scene.arms.filter((arm) => arm.plan.values[across] !== undefined && arm.plan.values[up] !== undefined);
    const point = (arm: PlanArm): [number, number] => [arm.plan.values[across] ?? 0, arm.plan.values[up] ?? 0];
    const x = axisFor(data, arms, across);
    const y = axisFor(data, arms, up);
    const grid = { left: 68, right: 20, top: 34, bottom: 50 };
    const body = { x: grid.left, y: grid.top, width: scene.width - grid.left - grid.right, height: chartHeight(scene) - grid.top - grid.bottom };
    const pixel = (arm: PlanArm): { x: number; y: number } => ({ x: body.x + body.width * x.at(point(arm)[0]), y: body.y + body.height * (1 - y.at(point(arm)[1])) });
    const names = arms.map((arm) => shortName(arm.name, isNarrow(scene) ? 18 : 30));
    const places = placeLabels(arms.map((arm, i) => ({ ...pixel(arm), width: textWidth(theme, names[i] ?? "", 12, arm.plan.isOnFront ? 650 : 400) + 2 })), { ...body, width: body.width + grid.right - 4, height: body.height + 4 });
    const whiskers: CustomSeriesOption = {
      type: "custom",
      silent: true,
      z: 2,
      data: arms.map((arm) => {
        const [a, b] = point(arm);
        return [a, b, ...(arm.plan.ranges[across] ?? [a, a]), ...(arm.plan.ranges[up] ?? [b, b])];
      }),
      renderItem: (params, api) => {
        const [a, b, left, right, low, high] = [0, 1, 2, 3, 4, 5].map((i) => Number(api.value(i))) as [number, number, number, number, number, number];
        const line = (from: number[], to: number[]) => ({ type: "line" as const, shape: { x1: from[0] ?? 0, y1: from[1] ?? 0, x2: to[0] ?? 0, y2: to[1] ?? 0 }, style: { stroke: theme.arm(arms[params.dataIndex]?.slot ?? 2), lineWidth: 1, opacity: 0.55 } });
        return { type: "group", children: [...(left < right ? [line(api.coord([left, b]), api.coord([right, b]))] : []), ...(low < high ? [line(api.coord([a, low]), api.coord([a, high]))] : [])] };
      },
    };
    const axis = (ends: Axis, output: string) => ({
      type: ends.isLog ? ("log" as const) : ("value" as const),
      min: ends.min,
      max: ends.max,
      ...(ends.interval === undefined ? {} : { interval: ends.interval }),
      name: figureOf(data, output).label,
      axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, margin: 12, showMinLabel: !ends.isLog, showMaxLabel: !ends.isLog, formatter: (value: number) => axisAmount(data, value, figureOf(data, output).unit, ends.isLog ? value : ends.max) },
      axisLine: { onZero: false, lineStyle: { color: theme.rule } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.rule } },
    });
    return {
      ...base(scene),
      graphic: arms.flatMap((arm, i) => {
        const place = places[i];
        return place === null || place === undefined ? [] : [...leader(place, pixel(arm), theme.quiet), { type: "text" as const, silent: true, z: 8, x: place.x + 1, y: place.y + place.height / 2,
          style: { text: names[i] ?? "", fill: theme.ink, fontSize: 12, fontWeight: arm.plan.isOnFront ? 650 : 400, fontFamily: theme.font, verticalAlign: "middle" as const, backgroundColor: theme.paper, padding: [0, 2] } }];
      }),
      grid,
      xAxis: { ...axis(x, across), nameLocation: "middle", nameGap: 32, nameTextStyle: { color: theme.quiet, fontSize: 12 } },
      yAxis: { ...axis(y, up), nameLocation: "end", nameTextStyle: { color: theme.quiet, align: "left", fontSize: 12, padding: [0, 0, 4, -60] } },
      tooltip: {
        ...base(scene).tooltip,
        trigger: "item",
        formatter: (params) => {
          const arm = arms[(params as unknown as { dataIndex: number }).dataIndex];
          return arm === undefined ? "" : tooltip(arm.name + (arm.plan.isOnFront ? ", on the front" : ""), [cost, carbon, time].map((output) => ({ slot: null, name: figureOf(data, output).label, value: amountText(data, arm.plan.values[output], figureOf(data, output).unit) })));
        },
      },
      series: [
        whiskers,
        { type: "line", silent: true, showSymbol: false, step: "end", z: 1, data: front(arms.map(point)), lineStyle: { color: theme.quiet, width: 1, type: [4, 4] }, tooltip: { show: false } },
        {
          type: "scatter",
          z: 5,
          symbolSize: 14,
          data: arms.map((arm) => ({ value: point(arm), itemStyle: { color: arm.plan.isOnFront ? theme.arm(arm.slot) : theme.paper, borderColor: theme.arm(arm.slot), borderWidth: 2.5 } })),
          emphasis: { disabled: true },
        },
      ],
    };
  },
};

function axisFor(data: PlanData, arms: readonly PlanArm[], output: string): Axis {
  const values = arms.map((arm) => arm.plan.values[output] ?? 0);
  return axisOf(values, arms.flatMap((arm) => [...(arm.plan.ranges[output] ?? [])]), (low, high) => amountRange(data, low, high, figureOf(data, output).unit, 4));
}

/** From a point to its name, where the name had to stand apart. */
function leader(place: Box & { readonly isFar: boolean }, point: { readonly x: number; readonly y: number }, colour: string) {
  const x = Math.min(Math.max(point.x, place.x), place.x + place.width);
  const y = place.y > point.y ? place.y : place.y + place.height < point.y ? place.y + place.height : point.y;
  return place.isFar ? [{ type: "line" as const, silent: true, shape: { x1: point.x, y1: point.y, x2: x, y2: y }, style: { stroke: colour, lineWidth: 0.75 } }] : [];
}

/** Points that no other beats in both figures shown, from left to right. */
function front(points: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let lowest = Infinity;
  return sorted.flatMap(([x, y]) => {
    if (y >= lowest) {
      return [];
    }
    lowest = y;
    return [[x, y] as [number, number]];
  });
}
