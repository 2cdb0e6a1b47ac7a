import type { LineSeriesOption } from "../echarts";
import type { Arm } from "../model";
import { bytesText, metricText } from "../format";
import { curveRange } from "../scale";
import { isNarrow, metricNamed, metricViews, type Chart, type Scene } from "./chart";
import { armLine, base, chartHeight, courseOf, endLabels, lineGrid, stepAxis, tooltip, turns, valueAxis, type Points, type Turn } from "./parts";

/** A metric by bytes sent; arms that send nothing are level lines to hold the others against. */
export const traffic: Chart = {
  name: "traffic",
  hasLegend: true,
  views: metricViews,
  height: chartHeight,
  option(scene) {
    const metric = metricNamed(scene.data, scene.view);
    const sending = scene.arms.filter((arm) => totalBytes(arm) > 0);
    const totals = sending.map(totalBytes);
    const most = Math.max(1, ...totals);
    // Arms that differ twentyfold would not fit one linear axis.
    const isLog = totals.length > 1 && most / Math.min(...totals) > 20;
    const least = Math.min(...sending.map((arm) => arm.result.rounds.find((round) => round.bytes > 0)?.bytes ?? most));
    const courses = sending.map((arm) => ({ arm, course: courseOf(arm, metric.name) }));
    const levels = scene.arms.flatMap((arm) => level(arm, metric.name).map((value) => ({ arm, value })));
    const range = curveRange(
      metric,
      courses.map(({ arm, course }) => ({ values: course.map((at) => at.value), isStopped: arm.result.stopped !== undefined })),
      levels.map((at) => at.value),
    );
    const levelLines = levels.map(({ value }) => [[isLog ? least : 0, value], [most, value]] as const);
    const courseLines = courses.map(({ course }) => course.filter((at) => at.bytes > 0 || !isLog).map((at) => [at.bytes, at.value] as const));
    const [levelTurn, courseTurn] = [turns(levelLines, range), turns(courseLines, range)];
    return {
      ...base(scene),
      graphic: endLabels(scene, range, [...levels, ...courses.flatMap(({ arm, course }) => course.slice(-1).map((at) => ({ arm, value: at.value })))]),
      grid: lineGrid(scene),
      xAxis: {
        type: isLog ? "log" : "value",
        ...stepAxis(scene.theme, "bytes sent by all sites and to them"),
        min: isLog ? least : 0,
        max: most,
        splitNumber: isNarrow(scene) ? 3 : 6,
        axisLabel: { color: scene.theme.quiet, fontSize: 12, hideOverlap: true, margin: 12, showMaxLabel: false, formatter: (value: number) => bytesText(value) },
      },
      yAxis: valueAxis(scene.theme, metric, range),
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
      series: [
        ...levels.map(({ arm }, i) => levelLine(scene, arm, levelLines[i] ?? [], levelTurn[i])),
        ...courses.map(({ arm }, i) => courseLine(scene, arm, courseLines[i] ?? [], courseTurn[i])),
      ],
    };
  },
};

function courseLine(scene: Scene, arm: Arm, points: Points, turn: Turn | undefined): LineSeriesOption {
  const line = armLine(scene, arm, points, turn);
  return arm.result.stopped === undefined && points.length <= 60 ? { ...line, showSymbol: true, symbolSize: 5 } : line;
}

function levelLine(scene: Scene, arm: Arm, points: Points, turn: Turn | undefined): LineSeriesOption {
  const series = armLine(scene, arm, points, turn);
  return { ...series, lineStyle: { ...series.lineStyle, width: 1.5, ...(arm.isBaseline && turn?.of === 1 ? { type: [2, 3] } : {}) } };
}

/** What an arm that sends nothing reached, in the same run as the curves: its final figures are means over all seeds. */
function level(arm: Arm, metric: string): number[] {
  return totalBytes(arm) > 0 || arm.result.final === undefined ? [] : courseOf(arm, metric).slice(-1).map((at) => at.value);
}

function totalBytes(arm: Arm): number {
  return arm.result.rounds.at(-1)?.bytes ?? 0;
}
