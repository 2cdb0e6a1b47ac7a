import { metricText } from "../format";
import { isNarrow, metricNamed, type Chart } from "./chart";
import { armLine, base, lineGrid, stepAxis, tooltip, valueAxis } from "./parts";

/** Too many sites for bars: each arm's sites from worst to best, as a share of all. */
export const spread: Chart = {
  name: "spread",
  hasLegend: true,
  views: () => [],
  height: (scene) => (isNarrow(scene) ? 300 : 400),
  option(scene) {
    const metric = metricNamed(scene.data, scene.data.metrics[0]?.name ?? "");
    return {
      ...base(scene),
      grid: lineGrid(scene),
      xAxis: {
        type: "value",
        ...stepAxis(scene.theme, "share of the sites, worst first"),
        min: 0,
        max: 100,
        axisLabel: { color: scene.theme.quiet, fontSize: 12, formatter: (value: number) => `${value} %` },
      },
      yAxis: valueAxis(scene.theme, metric, metric.label),
      tooltip: {
        ...base(scene).tooltip,
        trigger: "axis",
        axisPointer: { type: "line", lineStyle: { color: scene.theme.quiet, width: 1, type: "dotted" } },
        formatter: (params) => {
          const items = (Array.isArray(params) ? params : [params]) as unknown as { seriesName?: string; value: [number, number] }[];
          const share = items[0]?.value[0] ?? 0;
          return tooltip(`${share.toFixed(share < 10 ? 1 : 0)} % of the sites do worse`, items.map((item) => ({
            slot: scene.arms.find((arm) => arm.result.name === item.seriesName)?.slot ?? null,
            name: item.seriesName ?? "",
            value: metricText(metric, item.value[1]),
          })));
        },
      },
      series: scene.arms.flatMap((arm) => {
        const ranked = (arm.result.final?.perSite ?? [])
          .flatMap((site) => site.metrics[metric.name] ?? [])
          .sort((a, b) => (metric.higherIsBetter ? a - b : b - a));
        return ranked.length === 0 ? [] : [{
          ...armLine(scene, arm, ranked.map((value, i) => [ranked.length === 1 ? 50 : (100 * i) / (ranked.length - 1), value] as const)),
          step: "middle" as const,
        }];
      }),
    };
  },
};
