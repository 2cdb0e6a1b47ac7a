import type { CustomSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, tooltip } from "../charts/parts";
import { amountRange, amountText, axisAmount, stepOf } from "./amount";
import { isGeometric, linearAxis, logAxis } from "./layout";
import { figureOf, type PlanArm, type PlanChart, type PlanData, type PlanScene, type Sweep } from "./model";
import { textWidth } from "../text";

const level = 1e-9;

const grid = { top: 34, right: 16, bottom: 50 };

/** Which arm is best over the values of two inputs. */
export function sweepMap(sweep: Sweep, index: number): PlanChart {
  return {
    name: `sweep-${index}`,
    hasLegend: true,
    views: () => [],
    height: (scene) => (isNarrow(scene) ? 320 : 460),
    option(scene) {
      const { data, theme } = scene;
      const columns = sweep.values;
      const rows = sweep.againstValues ?? [];
      const figure = figureOf(data, sweep.show);
      const best = rows.flatMap((_, row) => columns.map((_, column) => bestAt(scene, sweep, row * columns.length + column)));
      const left = leftOf(scene, sweep);
      const height = this.height(scene);
      const body = { width: scene.width - left - grid.right, height: height - grid.top - grid.bottom };
      const cells: CustomSeriesOption = {
        type: "custom",
        data: best.flatMap((arm, at) => (arm === null ? [] : [[at % columns.length, Math.floor(at / columns.length)]])),
        renderItem: (_, api) => {
          const column = Number(api.value(0));
          const row = Number(api.value(1));
          const arm = best[row * columns.length + column];
          const colour = theme.tint(arm?.slot ?? 2);
          // On whole pixels, the same for the edges of neighbours: no paper shines through.
          const across = (edge: number): number => Math.round(left + (edge * body.width) / columns.length);
          const up = (edge: number): number => Math.round(grid.top + (1 - edge / rows.length) * body.height);
          const [from, to, above, below] = [across(column), across(column + 1), up(row + 1), up(row)];
          return { type: "rect", shape: { x: from, y: above, width: to - from, height: below - above }, style: { fill: colour } };
        },
      };
      return {
        ...base(scene),
        graphic: [
          ...borders(best, columns.length, rows.length, left, body, theme.paper),
          ...tickTexts(scene, sweep, left, body),
          ...names(scene, sweep, best, columns.length, rows.length, left, body),
          ...here(scene, sweep, left, body),
        ],
        grid: { left, ...grid },
        xAxis: { ...axis(columns), name: sweep.vary, nameLocation: "middle", nameGap: 32, nameTextStyle: { color: theme.quiet, fontSize: 12 } },
        yAxis: { ...axis(rows), name: sweep.against ?? "", nameLocation: "end", nameTextStyle: { color: theme.quiet, align: "left", fontSize: 12, padding: [0, 0, 4, -left + 8] } },
        tooltip: {
          ...base(scene).tooltip,
          trigger: "item",
          formatter: (params) => {
            const [column = 0, row = 0] = (params as unknown as { value: number[] }).value;
            const title = `${amountText(data, columns[column], sweep.unit)} and ${amountText(data, rows[row], sweep.againstUnit ?? "")}`;
            return tooltip(title, scene.arms.flatMap((arm) => {
              const value = sweep.arms[arm.name]?.[row * columns.length + column];
              return value === null || value === undefined ? [] : [{ slot: arm.slot, name: arm.name, value: amountText(data, value, figure.unit) }];
            }));
          },
        },
        series: [cells],
      };
    },
  };
}

function bestAt(scene: PlanScene, sweep: Sweep, at: number): PlanArm | null {
  const isHigher = figureOf(scene.data, sweep.show).higherIsBetter;
  let best: PlanArm | null = null;
  let most = 0;
  for (const arm of scene.arms) {
    const value = sweep.arms[arm.name]?.[at];
    // Of arms that are level but for rounding the first.
    if (value !== null && value !== undefined && (best === null || (isHigher ? value > most + level * Math.abs(most) : value < most - level * Math.abs(most)))) {
      best = arm;
      most = value;
    }
  }
  return best;
}

/** Cells are places in a row; what they mean is written under round values. */
function axis(values: readonly number[]) {
  return { type: "category" as const, data: values.map(String), axisLabel: { show: false }, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
}

/** Round values within the ends: 1, 2 and 5 times powers of ten, or even steps. */
function ticks(data: PlanData, values: readonly number[], unit: string, most: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!isGeometric(values)) {
    const { min, max, interval } = amountRange(data, low, high, unit, most - 1);
    return Array.from({ length: Math.round((max - min) / interval) + 1 }, (_, i) => min + i * interval).filter((tick) => tick >= low && tick <= high * (1 + 1e-9));
  }

  const { size } = stepOf(data, unit, low);
  const powers = Array.from({ length: Math.ceil(Math.log10(high / low)) + 2 }, (_, i) => 10 ** (Math.floor(Math.log10(low / size)) + i) * size);
  const choices = [[1, 2, 5], [1, 3], [1]].map((steps) => powers.flatMap((power) => steps.map((step) => step * power)).filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)));
  return choices.find((choice) => choice.length <= most) ?? choices.at(-1) ?? [];
}

function tickTexts(scene: PlanScene, sweep: Sweep, left: number, body: Body) {
  const { data, theme } = scene;
  const text = (x: number, y: number, words: string, align: "center" | "right") => ({ type: "text" as const, silent: true, x, y, style: { text: words, fill: theme.quiet, fontSize: 12, fontFamily: theme.font, align, verticalAlign: "middle" as const } });
  const rows = sweep.againstValues ?? [];
  return [
    ...ticks(data, sweep.values, sweep.unit, isNarrow(scene) ? 3 : 8).map((tick) => {
      const words = axisAmount(data, tick, sweep.unit, tick);
      return text(Math.min(left + (place(tick, sweep.values) ?? 0) * body.width, scene.width - textWidth(theme, words) / 2 - 2), grid.top + body.height + 16, words, "center");
    }),
    ...ticks(data, rows, sweep.againstUnit ?? "", 7).map((tick) => text(left - 8, grid.top + (1 - (place(tick, rows) ?? 0)) * body.height, axisAmount(data, tick, sweep.againstUnit ?? "", tick), "right")),
  ];
}

function leftOf(scene: PlanScene, sweep: Sweep): number {
  const unit = sweep.againstUnit ?? "";
  const texts = ticks(scene.data, sweep.againstValues ?? [], unit, 7).map((tick) => axisAmount(scene.data, tick, unit, tick));
  return 18 + Math.max(20, ...texts.map((text) => textWidth(scene.theme, text)));
}

interface Body {
  readonly width: number;
  readonly height: number;
}

/** Between areas of different arms, so that they are told apart without their colours. */
function borders(best: readonly (PlanArm | null)[], columns: number, rows: number, left: number, body: Body, colour: string) {
  const cell = { width: body.width / columns, height: body.height / rows };
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, silent: true, z: 5, shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 2 } });
  return best.flatMap((arm, at) => {
    const column = at % columns;
    const row = Math.floor(at / columns);
    const x = left + column * cell.width;
    const y = grid.top + body.height - (row + 1) * cell.height;
    return [
      ...(column + 1 < columns && best[at + 1] !== arm ? [line(x + cell.width, y, x + cell.width, y + cell.height)] : []),
      ...(row + 1 < rows && best[at + columns] !== arm ? [line(x, y, x + cell.width, y)] : []),
    ];
  });
}

/** Each arm's name where its area has room around it, clear of the plan's cross. */
function names(scene: PlanScene, sweep: Sweep, best: readonly (PlanArm | null)[], columns: number, rows: number, left: number, body: Body) {
  const { theme } = scene;
  const cell = { width: body.width / columns, height: body.height / rows };
  const run = (arm: PlanArm, column: number, row: number, across: number, up: number): number => {
    let steps = 0;
    for (let x = column, y = row; x >= 0 && x < columns && y >= 0 && y < rows && best[y * columns + x] === arm; x += across, y += up) {
      steps++;
    }
    return steps - 0.5;
  };
  const cross = crossAt(sweep, left, body);
  return scene.arms.flatMap((arm) => {
    const width = textWidth(theme, arm.name, 13, 600);
    let found: { x: number; y: number; room: number } | null = null;
    for (let at = 0; at < best.length; at++) {
      if (best[at] !== arm) {
        continue;
      }
      const [column, row] = [at % columns, Math.floor(at / columns)];
      const half = Math.min(run(arm, column, row, -1, 0), run(arm, column, row, 1, 0)) * cell.width;
      const tall = Math.min(run(arm, column, row, 0, -1), run(arm, column, row, 0, 1)) * cell.height;
      const x = left + (column + 0.5) * cell.width;
      const y = grid.top + body.height - (row + 0.5) * cell.height;
      const isOnCross = cross !== null && Math.abs(cross.x - x) < width / 2 + 12 && Math.abs(cross.y - y) < 20;
      const room = Math.min(tall, 80) + half / 1000;
      if (half >= width / 2 + 4 && tall >= 8 && !isOnCross && (found === null || room > found.room + 1e-6)) {
        found = { x, y, room };
      }
    }
    return found === null ? [] : [{
      type: "text" as const, silent: true, z: 7, x: found.x, y: found.y,
      style: { text: arm.name, fill: theme.ink, fontSize: 13, fontWeight: 600 as const, fontFamily: theme.font, align: "center" as const, verticalAlign: "middle" as const },
    }];
  });
}

function crossAt(sweep: Sweep, left: number, body: Body): { x: number; y: number } | null {
  const [x, y] = [place(sweep.now, sweep.values), place(sweep.againstNow, sweep.againstValues ?? [])];
  return x === null || y === null ? null : { x: left + x * body.width, y: grid.top + (1 - y) * body.height };
}

/** A cross where the plan's own inputs are. */
function here(scene: PlanScene, sweep: Sweep, left: number, body: Body) {
  const at = crossAt(sweep, left, body);
  if (at === null) {
    return [];
  }

  const line = (colour: string, width: number, x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, silent: true, z: 8, shape: { x1: at.x + x1, y1: at.y + y1, x2: at.x + x2, y2: at.y + y2 }, style: { stroke: colour, lineWidth: width } });
  return [[scene.theme.paper, 6, 9], [scene.theme.ink, 2, 7]].flatMap(([colour, width, size]) => {
    const half = Number(size);
    return [line(String(colour), Number(width), -half, 0, half, 0), line(String(colour), Number(width), 0, -half, 0, half)];
  });
}

/** Cells have their values in the middle. */
function place(value: number | undefined, values: readonly number[]): number | null {
  const [first, last] = [values[0], values.at(-1)];
  if (value === undefined || first === undefined || last === undefined || value < Math.min(first, last) || value > Math.max(first, last)) {
    return null;
  }

  const between = (isGeometric(values) ? logAxis(first, last) : linearAxis(first, last)).at(value);
  return (between * (values.length - 1) + 0.5) / values.length;
}
