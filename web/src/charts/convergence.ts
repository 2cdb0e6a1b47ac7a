import type { Chart } from "./chart";
import { metricNamed, metricViews } from "./chart";
import { armLine, base, lineGrid, metricValue, stepAxis, tooltip, valueAxis } from "./parts";

/** A metric on the test rows after each round, one line an arm. */
export const convergence: Chart = {
  name: "convergence",
  hasLegend: true,
  views: metricViews,
  height: (scene) => (scene.width < 560 ? 300 : 400),
  option(scene) {
    const metric = metricNamed(scene.data, scene.view);
    const steps = scene.arms.some((arm) => arm.result.kind === "federated") ? "round (epoch for centralized and local)" : "epoch";
    return {
      ...base(scene),
      grid: lineGrid(scene),
      xAxis: { type: "value", ...stepAxis(scene.theme, steps), min: "dataMin", max: "dataMax", minInterval: 1 },
      yAxis: valueAxis(scene.theme, metric, metric.label),
      tooltip: {
        ...base(scene).tooltip,
        trigger: "axis",
        axisPointer: { type: "line", lineStyle: { color: scene.theme.quiet, width: 1, type: "dotted" } },
        formatter: (params) => {
          const at = nearest(params);
          return tooltip(
            `Round ${at}`,
            scene.arms.flatMap((arm) => {
              const round = arm.result.rounds.find((r) => r.round === at);
              return round ? [{ slot: arm.slot, name: arm.result.name, value: metricValue(metric, round.metrics[metric.name]) }] : [];
            }),
          );
        },
      },
      series: scene.arms.map((arm) =>
        armLine(
          scene,
          arm,
          arm.result.rounds.flatMap((round) => {
            const value = round.metrics[metric.name];
            return value === null || value === undefined ? [] : [[round.round, value] as const];
          }),
        ),
      ),
    };
  },
};

function nearest(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  const at = (first as { axisValue?: number | string } | undefined)?.axisValue;
  return Math.round(Number(at));
}
