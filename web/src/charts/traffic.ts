import type { LineSeriesOption } from "../echarts";
import type { Arm } from "../model";
import { bytesText, metricText, shortName } from "../format";
import { dashOf } from "../theme";
import { isNarrow, metricNamed, metricViews, type Chart, type Scene } from "./chart";
import { armLine, base, lineGrid, stepAxis, tooltip, valueAxis } from "./parts";

/** A metric by bytes sent; arms that send nothing are level lines to hold the others against. */
export const traffic: Chart = {
  name: "traffic",
  hasLegend: true,
  views: metricViews,
  height: (scene) => (isNarrow(scene) ? 300 : 380),
  option(scene) {
    const metric = metricNamed(scene.data, scene.view);
    const sending = scene.arms.filter((arm) => totalBytes(arm) > 0);
    const totals = sending.map(totalBytes);
    const most = Math.max(1, ...totals);
    // Arms that differ twentyfold would not fit one linear axis.
    const isLog = totals.length > 1 && most / Math.min(...totals) > 20;
    const least = Math.min(...sending.map((arm) => arm.result.rounds.find((round) => round.bytes > 0)?.bytes ?? most));
    return {
      ...base(scene),
      grid: lineGrid(scene),
      xAxis: {
        type: isLog ? "log" : "value",
        ...stepAxis(scene.theme, "bytes sent by all sites and to them"),
        min: isLog ? least : 0,
        max: most,
        splitNumber: isNarrow(scene) ? 3 : 6,
        axisLabel: { color: scene.theme.quiet, fontSize: 12, hideOverlap: true, showMaxLabel: false, formatter: (value: number) => bytesText(value) },
      },
      yAxis: valueAxis(scene.theme, metric, metric.label),
      tooltip: {
        ...base(scene).tooltip,
        trigger: "item",
        formatter: (params) => {
          const item = params as unknown as { seriesName?: string; value?: [number, number] };
          const arm = scene.arms.find((a) => a.result.name === item.seriesName);
          const [bytes, value] = item.value ?? [0, 0];
          return tooltip(bytesText(bytes), [{ slot: arm?.slot ?? null, name: arm?.result.name ?? "", value: metricText(metric, value) }]);
        },
      },
      series: scene.arms.flatMap((arm) => line(scene, arm, metric.name, isLog ? least : 0, most)),
    };
  },
};

function line(scene: Scene, arm: Arm, metric: string, from: number, to: number): LineSeriesOption[] {
  if (totalBytes(arm) > 0) {
    const points = arm.result.rounds.flatMap((round) => {
      const value = round.metrics[metric];
      return value === null || value === undefined || (round.bytes <= 0 && from > 0) ? [] : [[round.bytes, value] as const];
    });
    const few = points.length <= 60;
    return [{ ...armLine(scene, arm, points), showSymbol: few, symbolSize: few ? 5 : 7 }];
  }

  const level = arm.result.final?.pooled[metric];
  if (level === null || level === undefined) {
    return [];
  }

  const series = armLine(scene, arm, [[from, level], [to, level]]);
  return [{
    ...series,
    lineStyle: { ...series.lineStyle, width: 1.5, type: arm.isBaseline ? [2, 3] : dashOf(arm.slot) },
    endLabel: { ...series.endLabel, formatter: () => shortName(arm.result.name, 16) },
  }];
}

function totalBytes(arm: Arm): number {
  return arm.result.rounds.at(-1)?.bytes ?? 0;
}
