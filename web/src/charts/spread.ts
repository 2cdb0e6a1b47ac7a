import { metricText } from "../format";
import { roundRange } from "../scale";
import { metricNamed, type Chart } from "./chart";
import { armLine, base, chartHeight, endLabels, lineGrid, stepAxis, tooltip, valueAxis } from "./parts";

/** Too many sites for bars: each arm's sites from worst to best, as a share of all. */
export const spread: Chart = {
  name: "spread",
  hasLegend: true,
  views: () => [],
  height: chartHeight,
  option(scene) {
    const metric = metricNamed(scene.data, scene.data.metrics[0]?.name ?? "");
    const ranked = scene.arms.flatMap((arm) => {
      const values = (arm.result.final?.perSite ?? [])
        .flatMap((site) => site.metrics[metric.name] ?? [])
        .sort((a, b) => (metric.higherIsBetter ? a - b : b - a));
      return values.length === 0 ? [] : [{ arm, values }];
    });
    const all = ranked.flatMap(({ values }) => values);
    const range = roundRange(Math.min(...all), Math.max(...all), 4);
    return {
      ...base(scene),
      graphic: endLabels(scene, range, ranked.map(({ arm, values }) => ({ arm, value: values.at(-1) ?? 0 }))),
      grid: lineGrid(scene),
      xAxis: {
        type: "value",
        ...stepAxis(scene.theme, "share of the sites, worst first"),
        min: 0,
        max: 100,
        axisLabel: { color: scene.theme.quiet, fontSize: 12, margin: 12, formatter: (value: number) => `${value} %` },
      },
      yAxis: valueAxis(scene.theme, metric, range),
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
      series: ranked.map(({ arm, values }) => ({
        ...armLine(scene, arm, values.map((value, i) => [values.length === 1 ? 50 : (100 * i) / (values.length - 1), value] as const)),
        step: "middle" as const,
      })),
    };
  },
};
