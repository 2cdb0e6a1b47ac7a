import type { Chart } from "./chart";
import { metricNamed, metricViews } from "./chart";
import { curveRange } from "../scale";
import { armLine, base, chartHeight, courseOf, endLabels, lineGrid, metricValue, stepAxis, tooltip, turns, valueAxis } from "./parts";

/** A metric on the test rows after each round, one line an arm. */
export const convergence: Chart = {
  name: "convergence",
  hasLegend: true,
  views: metricViews,
  height: chartHeight,
  option(scene) {
    const metric = metricNamed(scene.data, scene.view);
    const kinds = new Set(scene.arms.map((arm) => (arm.result.kind === "federated" ? "round" : "epoch")));
    const steps = kinds.size > 1 ? "round (epoch for centralized and local)" : ([...kinds][0] ?? "round");
    const courses = scene.arms.map((arm) => ({ arm, course: courseOf(arm, metric.name) }));
    const range = curveRange(metric, courses.map(({ arm, course }) => ({ values: course.map((at) => at.value), isStopped: arm.result.stopped !== undefined })), []);
    const lines = courses.map(({ course }) => course.map((at) => [at.round, at.value] as const));
    const turn = turns(lines, range);
    return {
      ...base(scene),
      graphic: endLabels(scene, range, courses.flatMap(({ arm, course }) => course.slice(-1).map((at) => ({ arm, value: at.value })))),
      grid: lineGrid(scene),
      xAxis: { type: "value", ...stepAxis(scene.theme, steps), min: "dataMin", max: "dataMax", minInterval: 1 },
      yAxis: valueAxis(scene.theme, metric, range),
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
      series: courses.map(({ arm }, i) => armLine(scene, arm, lines[i] ?? [], turn[i])),
    };
  },
};

function nearest(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  const at = (first as { axisValue?: number | string } | undefined)?.axisValue;
  return Math.round(Number(at));
}
