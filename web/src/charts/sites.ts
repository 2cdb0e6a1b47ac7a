import type { BarSeriesOption } from "../echarts";
import type { Arm, SiteMetrics } from "../model";
import { axisText, gapText, metricText, shortName } from "../format";
import { isNarrow, type Chart, type Scene } from "./chart";
import { base, tooltip } from "./parts";

/** A bar for every site and arm: the first metric, or its distance from the baseline at the same site. */
export const sites: Chart = {
  name: "sites",
  hasLegend: true,
  views: (data) => {
    const compared = data.run.arms.some((arm) => arm.name === data.run.baseline && arm.final) && data.run.arms.length > 1;
    const label = data.metrics[0]?.label ?? "value";
    return compared ? [{ id: "value", label }, { id: "gap", label: `distance from ${shortName(data.run.baseline, 20)}` }] : [{ id: "value", label }];
  },
  height(scene) {
    const rows = siteNames(scene).length;
    return isNarrow(scene) || !fitsUpright(scene) ? rows * (shown(scene).length * 9 + 16) + 56 : 380;
  },
  option(scene) {
    const metric = scene.data.metrics[0];
    const names = siteNames(scene);
    const arms = shown(scene);
    const upright = !isNarrow(scene) && fitsUpright(scene);
    const theme = scene.theme;
    if (!metric) {
      return base(scene);
    }

    const isGap = scene.view === "gap";
    const nameWidth = 8 + 7.5 * Math.min(isNarrow(scene) ? 12 : 24, Math.max(...names.map((name) => [...name].length)));
    const series: BarSeriesOption[] = arms.map((arm) => ({
      type: "bar",
      name: arm.result.name,
      data: names.map((name) => barValue(scene, arm, name, metric.name, isGap)),
      itemStyle: { color: theme.arm(arm.slot), borderRadius: 1 },
      barMaxWidth: 18,
      barGap: "8%",
      barCategoryGap: upright ? "26%" : "30%",
      emphasis: { disabled: true },
    }));
    const values = {
      type: "value" as const,
      axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, formatter: (v: number) => (isGap ? signed(axisText(metric, v).replace(" %", "")) : axisText(metric, v)) },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.rule } },
      // A share cannot pass its ceiling; quarters of it read well.
      ...(metric.isShare && !isGap ? { max: 1, interval: 0.25 } : { splitNumber: 4 }),
      position: upright ? ("left" as const) : ("top" as const),
      name: upright && isGap && metric.isShare ? "points" : "",
      nameTextStyle: { color: theme.quiet, align: "left" as const, padding: [0, 0, 4, -44] },
    };
    const categories = {
      type: "category" as const,
      data: [...names],
      inverse: !upright,
      axisLabel: { color: theme.ink, fontSize: 12, interval: 0, width: upright ? (scene.width - 64) / names.length - 6 : nameWidth, overflow: "truncate" as const },
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: theme.quiet } },
      splitLine: { show: false },
    };
    // Names stay at the edge while the zero line moves.
    const edge = { ...categories, axisLine: { ...categories.axisLine, onZero: isGap }, offset: 0 };
    return {
      ...base(scene),
      grid: upright ? { left: 56, right: 8, top: 34, bottom: 34 } : { left: nameWidth + 16, right: 18, top: 30, bottom: 12 },
      xAxis: upright ? { ...edge, axisLabel: { ...edge.axisLabel, hideOverlap: false } , ...(isGap ? { position: "bottom" as const } : {}) } : values,
      yAxis: upright ? values : edge,
      tooltip: {
        ...base(scene).tooltip,
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: theme.rule, opacity: 0.35 } },
        formatter: (params) => {
          const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
          const name = names[first?.dataIndex ?? 0] ?? "";
          return tooltip(name, arms.map((arm) => {
            const value = barValue(scene, arm, name, metric.name, isGap);
            return { slot: arm.slot, name: arm.result.name, value: value === null ? "–" : isGap ? gapText(metric, value) : metricText(metric, value) };
          }));
        },
      },
      series,
    };
  },
};

/** In the gap view the baseline's own bars would all be nothing. */
function shown(scene: Scene): Arm[] {
  return scene.arms.filter((arm) => arm.result.final && !(scene.view === "gap" && arm.isBaseline));
}

function siteNames(scene: Scene): string[] {
  return [...new Set(scene.data.run.arms.flatMap((arm) => arm.final?.perSite.map((site) => site.site) ?? []))];
}

/** Whether upright bars would be at least five pixels wide. */
function fitsUpright(scene: Scene): boolean {
  return (scene.width - 64) / Math.max(1, siteNames(scene).length * (shown(scene).length + 0.6)) >= 5;
}

function barValue(scene: Scene, arm: Arm, site: string, metric: string, isGap: boolean): number | null {
  const ours = valueAt(arm.result.final?.perSite, site, metric);
  if (!isGap || ours === null) {
    return ours;
  }

  const baseline = scene.data.run.arms.find((other) => other.name === scene.data.run.baseline);
  const theirs = valueAt(baseline?.final?.perSite, site, metric);
  return theirs === null ? null : ours - theirs;
}

function valueAt(all: readonly SiteMetrics[] | undefined, site: string, metric: string): number | null {
  return all?.find((at) => at.site === site)?.metrics[metric] ?? null;
}

function signed(text: string): string {
  return /^[1-9]|^0\.[0-9]*[1-9]/.test(text) ? `+${text}` : text;
}
