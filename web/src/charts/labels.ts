import type { ChartOption } from "../echarts";
import type { SiteFacts } from "../model";
import { countText } from "../format";
import { isNarrow, type Chart, type Scene } from "./chart";
import { base, tooltip } from "./parts";

/** How many rows each site has, and which labels they carry: a heat map with bars beside it; bars alone for regression. */
export const labels: Chart = {
  name: "labels",
  hasLegend: false,
  views: () => [],
  height: (scene) => scene.data.run.data.sites.length * rowHeight(scene) + 64,
  option(scene) {
    return scene.data.run.data.classes.length > 0 ? heatmap(scene) : rows(scene);
  },
};

function heatmap(scene: Scene): ChartOption {
  const { classes, sites } = scene.data.run.data;
  const theme = scene.theme;
  const narrow = isNarrow(scene);
  const left = nameWidth(scene);
  const barsWidth = narrow ? 54 : 130;
  const cell = (scene.width - left - barsWidth - 28) / classes.length;
  const cells = sites.flatMap((site, y) => classes.map((label, x) => [x, y, (site.labels[label] ?? 0) / Math.max(1, total(site))]));
  const highest = Math.max(0.0001, ...cells.map((c) => c[2] ?? 0));
  return {
    ...base(scene),
    graphic: [{ type: "text", silent: true, x: scene.width - barsWidth - 16, y: 20, style: { text: "rows", fill: theme.quiet, fontSize: 12, fontFamily: theme.font, verticalAlign: "middle" } }],
    grid: [
      { left, right: barsWidth + 28, top: 34, bottom: 30 },
      { left: scene.width - barsWidth - 16, right: narrow ? 8 : 44, top: 34, bottom: 30 },
    ],
    xAxis: [
      { type: "category", data: [...classes], gridIndex: 0, position: "top", axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { color: theme.quiet, fontSize: 12, interval: cell < 16 ? "auto" : 0, width: Math.max(12, cell - 6), overflow: "truncate" } },
      { type: "value", gridIndex: 1, position: "top", axisLabel: { show: false }, splitLine: { show: false } },
    ],
    yAxis: [
      { ...siteAxis(scene, sites), gridIndex: 0 },
      { ...siteAxis(scene, sites), gridIndex: 1, axisLabel: { show: false } },
    ],
    visualMap: { show: false, type: "continuous", min: 0, max: highest, dimension: 2, seriesIndex: 0, inRange: { color: [theme.heatLow, theme.heatHigh] } },
    tooltip: {
      ...base(scene).tooltip,
      trigger: "item",
      formatter: (params) => {
        const item = params as unknown as { seriesIndex?: number; dataIndex: number; value: number[] };
        const site = item.seriesIndex === 0 ? sites[item.value[1] ?? 0] : sites[item.dataIndex % sites.length];
        const label = item.seriesIndex === 0 ? classes[item.value[0] ?? 0] : undefined;
        return site ? tip(site, label) : "";
      },
    },
    series: [
      {
        type: "heatmap", xAxisIndex: 0, yAxisIndex: 0, data: cells,
        itemStyle: { borderColor: theme.paper, borderWidth: cell > 10 ? 2 : 0, borderRadius: 2 },
        emphasis: { disabled: true },
        label: {
          show: cell >= 30, fontSize: 11,
          formatter: (params) => {
            const [x = 0, y = 0] = params.value as number[];
            const count = sites[y]?.labels[classes[x] ?? ""] ?? 0;
            const share = count / Math.max(1, sites[y] ? total(sites[y]) : 1);
            return count === 0 ? "" : `{${theme.onHeat(share / highest)}|${countText(count)}}`;
          },
          rich: { black: { color: "#000000", fontSize: 11 }, white: { color: "#ffffff", fontSize: 11 } },
        },
      },
      ...rowBars(scene, sites, 1, !narrow),
    ],
  };
}

function rows(scene: Scene): ChartOption {
  const sites = scene.data.run.data.sites;
  return {
    ...base(scene),
    grid: { left: nameWidth(scene), right: 56, top: 12, bottom: 30 },
    xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: siteAxis(scene, sites),
    tooltip: {
      ...base(scene).tooltip,
      trigger: "item",
      formatter: (params) => {
        const site = sites[(params as unknown as { dataIndex: number }).dataIndex];
        return site ? tip(site, undefined) : "";
      },
    },
    series: rowBars(scene, sites, 0, true),
  };
}

/** Training rows, test rows on top of them. */
function rowBars(scene: Scene, sites: readonly SiteFacts[], axis: number, hasCount: boolean) {
  const shared = { type: "bar" as const, stack: "rows", xAxisIndex: axis, yAxisIndex: axis, barMaxWidth: 14, emphasis: { disabled: true } };
  return [
    { ...shared, name: "training rows", data: sites.map((site) => site.trainRows), itemStyle: { color: scene.theme.accent } },
    { ...shared, name: "test rows", data: sites.map((site) => site.testRows), itemStyle: { color: scene.theme.accentSoft },
      label: { show: hasCount, position: "right" as const, color: scene.theme.quiet, fontSize: 11, formatter: (params: { dataIndex: number }) => countText(sites[params.dataIndex] ? total(sites[params.dataIndex] as SiteFacts) : 0) } },
  ];
}

function siteAxis(scene: Scene, sites: readonly SiteFacts[]) {
  return {
    type: "category" as const,
    data: sites.map((site) => site.name),
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: scene.theme.ink, fontSize: 12, interval: 0, width: nameWidth(scene) - 14, overflow: "truncate" as const },
  };
}

function tip(site: SiteFacts, label: string | undefined): HTMLElement {
  const rowsOf = label === undefined ? [] : [{ slot: null, name: `label ${label}`, value: `${countText(site.labels[label] ?? 0)} rows` }];
  return tooltip(site.name, [...rowsOf, { slot: null, name: "training", value: countText(site.trainRows) }, { slot: null, name: "test", value: countText(site.testRows) }]);
}

function total(site: SiteFacts): number {
  return site.trainRows + site.testRows;
}

function rowHeight(scene: Scene): number {
  return scene.data.run.data.sites.length > 24 ? 20 : 26;
}

function nameWidth(scene: Scene): number {
  const longest = Math.max(4, ...scene.data.run.data.sites.map((site) => [...site.name].length));
  return Math.min(longest, isNarrow(scene) ? 11 : 22) * 7.5 + 22;
}
