import type { CustomSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, tooltip } from "../charts/parts";
import { shortName } from "../format";
import { amountRange, amountText, axisAmount } from "./amount";
import { partsKey } from "./key";
import { figureOf, type Influence, type PlanArm, type PlanChart, type PlanScene } from "./model";
import { fitText, textWidth } from "../text";

const keyHeight = 24;
const top = keyHeight + 34;

/** What becomes of an arm's figure at the ends of each input's range. */
export const tornado: PlanChart = {
  name: "tornado",
  hasLegend: false,
  views: (data) => data.arms.filter((arm) => arm.tornado.length > 0).map((arm) => ({ id: arm.name, label: shortName(arm.name, 24), isName: true })),
  height: (scene) => top + influences(scene).length * rowHeight(scene) + 40,
  option(scene) {
    const { data, theme } = scene;
    const shown = influences(scene);
    const arm = armOf(scene);
    const output = shown[0]?.output ?? "";
    const figure = figureOf(data, output);
    const own = arm?.plan.values[output] ?? 0;
    const range = amountRange(data, Math.min(own, ...shown.flatMap((i) => [i.atLow, i.atHigh])), Math.max(own, ...shown.flatMap((i) => [i.atLow, i.atHigh])), figure.unit, isNarrow(scene) ? 2 : 4);
    const narrow = isNarrow(scene);
    const names = narrow ? 0 : Math.min(300, Math.max(...shown.map((i) => textWidth(theme, i.input)))) + 8;
    const ends = Math.min(narrow ? 74 : 110, Math.max(...shown.flatMap((i) => [textWidth(theme, i.low), textWidth(theme, i.high)])) + 8);
    const grid = { left: names + ends, right: Math.max(ends, 24), top, bottom: 40 };
    const bars: CustomSeriesOption = {
      type: "custom",
      data: shown.map((influence, i) => [i, influence.atLow, influence.atHigh]),
      encode: { x: [1, 2], y: 0 },
      renderItem: (_, api) => {
        const row = Number(api.value(0));
        const influence = shown[row];
        const y = top + (row + 0.5) * rowHeight(scene) + (narrow ? 9 : 0);
        const [middle = 0] = api.coord([own, row]);
        const [low = 0] = api.coord([Number(api.value(1)), row]);
        const [high = 0] = api.coord([Number(api.value(2)), row]);
        // Both ends on one side: each has half the bar's height.
        const isOneSided = (low - middle) * (high - middle) > 0;
        const bar = (end: number, from: number, height: number, fill: string) => ({ type: "rect" as const, shape: { x: Math.min(middle, end), y: y + from, width: Math.max(1, Math.abs(end - middle)), height }, style: { fill, stroke: theme.partEdge, lineWidth: 1 } });
        const label = (end: number, text: string, isLeft: boolean, dy: number) => ({ type: "text" as const, x: end + (isLeft ? -6 : 6), y: y + dy, style: { text: fitText(theme, text, isLeft ? end - names - 6 : scene.width - end - 6), fill: theme.quiet, fontSize: 12, fontFamily: theme.font, align: isLeft ? ("right" as const) : ("left" as const), verticalAlign: "middle" as const } });
        const lowIsLeft = low < high || (low === high && low < middle);
        const far = Math.abs(low - middle) > Math.abs(high - middle);
        return {
          type: "group",
          children: [
            bar(low, -8, isOneSided ? 8 : 16, theme.part(2)),
            bar(high, isOneSided ? 0 : -8, isOneSided ? 8 : 16, theme.part(0)),
            ...(isOneSided
              ? [label(far ? low : high, far ? (influence?.low ?? "") : (influence?.high ?? ""), (far ? low : high) < middle, 0)]
              : [label(Math.min(low, high, middle), (lowIsLeft ? influence?.low : influence?.high) ?? "", true, 0), label(Math.max(low, high, middle), (lowIsLeft ? influence?.high : influence?.low) ?? "", false, 0)]),
          ],
        };
      },
    };
    const at = grid.left + ((own - range.min) / (range.max - range.min || 1)) * (scene.width - grid.left - grid.right);
    return {
      ...base(scene),
      graphic: [
        ...partsKey(theme, ["input at its lowest", "input at its highest"], 0, scene.width, [2, 0]).elements,
        ...shown.map((influence, i) => ({
          type: "text" as const, silent: true, z: 8, x: 0, y: top + (i + (narrow ? 0.28 : 0.5)) * rowHeight(scene),
          style: { text: fitText(theme, influence.input, narrow ? scene.width : names - 8), fill: theme.ink, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle" as const, backgroundColor: theme.paper, padding: [1, 2, 1, 0] },
        })),
        { type: "line", silent: true, z: 7, shape: { x1: at, y1: top, x2: at, y2: top + shown.length * rowHeight(scene) + 4 }, style: { stroke: theme.ink, lineWidth: 1.5 } },
        { type: "text", silent: true, x: at, y: top + shown.length * rowHeight(scene) + 20, style: { text: `${figure.label} as planned: ${amountText(data, own, figure.unit)}`, fill: theme.ink, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle",
          align: at < scene.width * 0.3 ? "left" : at > scene.width * 0.7 ? "right" : "center" } },
      ],
      grid,
      xAxis: {
        type: "value", position: "top", ...range,
        axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, formatter: (value: number) => axisAmount(data, value, figure.unit, range.max) },
        axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: theme.rule } },
      },
      yAxis: { type: "category", inverse: true, data: shown.map((influence) => influence.input), axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false } },
      tooltip: {
        ...base(scene).tooltip,
        trigger: "item",
        formatter: (params) => {
          const influence = shown[(params as unknown as { dataIndex: number }).dataIndex];
          return influence === undefined ? "" : tooltip(influence.input, [
            { slot: null, name: influence.low, value: amountText(data, influence.atLow, figure.unit) },
            { slot: null, name: influence.high, value: amountText(data, influence.atHigh, figure.unit) },
          ]);
        },
      },
      series: [bars],
    };
  },
};

function armOf(scene: PlanScene): PlanArm | undefined {
  return scene.arms.find((arm) => arm.name === scene.view) ?? scene.arms.find((arm) => arm.plan.tornado.length > 0);
}

/** Of one output: bars of two units would share no axis. */
function influences(scene: PlanScene): readonly Influence[] {
  const all = armOf(scene)?.plan.tornado ?? [];
  return all.filter((influence) => influence.output === all[0]?.output);
}

function rowHeight(scene: PlanScene): number {
  return isNarrow(scene) ? 46 : 30;
}
