import type { LineSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, tooltip } from "../charts/parts";
import { shortName } from "../format";
import { roundRange, spreadApart } from "../scale";
import { amountText } from "./amount";
import type { PlanChart, PlanScene, Timeline } from "./model";
import { textWidth } from "../text";

const hour = 3_600_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Each site's intensity over time, thick where and when the arm runs there. */
export function timelineOf(timeline: Timeline, arm: number): PlanChart {
  const sites = Object.keys(timeline.intensity);
  const end = timeline.start + timeline.step * timeline.runs.length;
  return {
    name: `timeline-${arm}`,
    hasLegend: false,
    views: () => [],
    height: (scene) => (isNarrow(scene) ? 280 : 340),
    option(scene) {
      const { theme } = scene;
      const colour = theme.arm(scene.data.arms[arm]?.slot ?? 2);
      const all = Object.values(timeline.intensity).flatMap((values) => values.flatMap((value) => value ?? []));
      const range = roundRange(0, Math.max(...all, 1), 4);
      const grid = { left: 48, right: labelled(scene) ? 36 + Math.max(...sites.map((site) => textWidth(theme, shortName(site, isNarrow(scene) ? 12 : 18)))) : 16, top: 34, bottom: 34 };
      const ticks = tickHours((end - timeline.start) / hour, (scene.width - grid.left - grid.right) / (isNarrow(scene) ? 74 : 92)) * hour;
      return {
        ...base(scene),
        graphic: labelled(scene) ? siteNames(scene, range.max, grid, this.height(scene)) : [],
        grid,
        xAxis: {
          type: "value", min: timeline.start, max: end, interval: ticks,
          axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, margin: 12, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => moment(value, ticks >= 24 * hour) },
          axisLine: { onZero: false, lineStyle: { color: theme.quiet } }, axisTick: { show: false }, splitLine: { show: false },
        },
        yAxis: {
          type: "value", ...range, name: "g CO₂e per kWh", nameLocation: "end",
          nameTextStyle: { color: theme.quiet, align: "left", fontSize: 12, padding: [0, 0, 4, -40] },
          axisLabel: { color: theme.quiet, fontSize: 12 }, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: theme.rule } },
        },
        tooltip: {
          ...base(scene).tooltip,
          trigger: "axis",
          axisPointer: { type: "line", lineStyle: { color: theme.quiet, width: 1, type: "dotted" } },
          formatter: (params) => {
            const first = (Array.isArray(params) ? params[0] : params) as { axisValue?: number | string } | undefined;
            const step = Math.min(timeline.runs.length - 1, Math.max(0, Math.floor((Number(first?.axisValue) - timeline.start) / timeline.step)));
            const runs = timeline.runs[step] ?? null;
            return tooltip(`${moment(timeline.start + step * timeline.step, false)} · ${runs === null ? "waits" : `runs at ${runs}`}`, sites.map((site) => ({
              slot: site === runs ? (scene.data.arms[arm]?.slot ?? null) : null,
              name: site,
              value: amountText(scene.data, timeline.intensity[site]?.[step], "") + " g/kWh",
            })));
          },
        },
        series: sites.flatMap((site) => siteLines(scene, site, colour)),
      };
    },
  };

  function siteLines(scene: PlanScene, site: string, colour: string): LineSeriesOption[] {
    const values = timeline.intensity[site] ?? [];
    const steps = (isShown: (i: number) => boolean): (number | null)[][] =>
      values.flatMap((value, i) => (isShown(i) ? [[timeline.start + i * timeline.step, value], [timeline.start + (i + 1) * timeline.step, value]] : [[timeline.start + i * timeline.step, null]]));
    const line = { type: "line" as const, showSymbol: false, emphasis: { disabled: true }, connectNulls: false };
    return [
      { ...line, name: site, z: 3, data: steps(() => true), lineStyle: { color: scene.theme.quiet, width: 1.25, type: "solid" } },
      { ...line, name: site, z: 4, silent: true, data: steps((i) => timeline.runs[i] === site), lineStyle: { color: colour, width: 5, cap: "butt" as const } },
    ];
  }

  function labelled(scene: PlanScene): boolean {
    return scene.width >= 300 && sites.length <= 12;
  }

  function siteNames(scene: PlanScene, max: number, grid: { readonly right: number; readonly top: number; readonly bottom: number }, height: number) {
    const body = height - grid.top - grid.bottom;
    const wanted = sites.map((site) => grid.top + body * (1 - (timeline.intensity[site]?.findLast((value) => value !== null) ?? 0) / max));
    const placed = spreadApart(wanted, 16, grid.top, grid.top + body);
    return sites.flatMap((site, i) => {
      const x = scene.width - grid.right + 6;
      return [
        { type: "line" as const, silent: true, shape: { x1: x, y1: placed[i] ?? 0, x2: x + 18, y2: placed[i] ?? 0 }, style: { stroke: scene.theme.quiet, lineWidth: 1.25 } },
        { type: "text" as const, silent: true, x: x + 24, y: placed[i] ?? 0, style: { text: shortName(site, isNarrow(scene) ? 12 : 18), fill: scene.theme.ink, fontSize: 12, fontFamily: scene.theme.font, verticalAlign: "middle" as const } },
      ];
    });
  }
}

/** Hours between two ticks, of which so many fit. */
function tickHours(hours: number, most: number): number {
  return [1, 3, 6, 12, 24, 48, 168, 336, 720, 2160].find((step) => hours / step <= most) ?? 8760;
}

/** UTC. */
function moment(value: number, isDay: boolean): string {
  const date = new Date(value);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ""}`;
  return isDay ? day : `${day} ${String(date.getUTCHours()).padStart(2, "0")}:${String(date.getUTCMinutes()).padStart(2, "0")}`;
}
