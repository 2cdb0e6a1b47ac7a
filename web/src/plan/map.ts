import type { CustomSeriesOption } from "../echarts";
import { isNarrow } from "../charts/chart";
import { base, tooltip } from "../charts/parts";
import { amountText, axisAmount } from "./amount";
import { isGeometric, linearAxis, logAxis } from "./layout";
import { figureOf, type PlanArm, type PlanChart, type PlanScene, type Sweep } from "./model";
import { textWidth } from "../text";

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
          const [x = 0, y = 0] = api.coord([column, row]);
          const [width = 0, tall = 0] = (api.size?.([1, 1]) ?? [0, 0]) as number[];
          const colour = theme.tint(arm?.slot ?? 2);
          // Its own edge in its own colour: between neighbours no paper shines through.
          return { type: "rect", shape: { x: x - width / 2, y: y - tall / 2, width, height: tall }, style: { fill: colour, stroke: colour, lineWidth: 0.6 } };
        },
      };
      return {
        ...base(scene),
        graphic: [
          ...borders(best, columns.length, rows.length, left, body, theme.paper),
          ...names(scene, best, columns.length, rows.length, left, body),
          ...here(scene, sweep, left, body),
        ],
        grid: { left, ...grid },
        xAxis: { ...axis(scene, columns, sweep.unit), name: sweep.vary, nameLocation: "middle", nameGap: 32 },
        yAxis: { ...axis(scene, rows, sweep.againstUnit ?? ""), name: sweep.against ?? "", nameLocation: "end", nameTextStyle: { color: theme.quiet, align: "left", fontSize: 12, padding: [0, 0, 4, -left + 8] } },
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
    if (value !== null && value !== undefined && (best === null || (isHigher ? value > most : value < most))) {
      best = arm;
      most = value;
    }
  }
  return best;
}

function axis(scene: PlanScene, values: readonly number[], unit: string) {
  return {
    type: "category" as const,
    data: values.map((value) => axisAmount(scene.data, Number(value.toPrecision(3)), unit, value)),
    nameTextStyle: { color: scene.theme.quiet, fontSize: 12 },
    axisLabel: { color: scene.theme.quiet, fontSize: 12, hideOverlap: true, margin: 10, interval: Math.max(0, Math.ceil(values.length / (isNarrow(scene) ? 4 : 8)) - 1) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

function leftOf(scene: PlanScene, sweep: Sweep): number {
  const texts = (sweep.againstValues ?? []).map((value) => axisAmount(scene.data, Number(value.toPrecision(3)), sweep.againstUnit ?? "", value));
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

/** Each arm's name where its area is widest around. */
function names(scene: PlanScene, best: readonly (PlanArm | null)[], columns: number, rows: number, left: number, body: Body) {
  const { theme } = scene;
  const same = (arm: PlanArm, column: number, row: number): boolean => column >= 0 && column < columns && row >= 0 && row < rows && best[row * columns + column] === arm;
  return scene.arms.flatMap((arm) => {
    let place = { column: 0, row: 0, reach: -1 };
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let reach = 0;
        while (reach < columns && same(arm, column - reach, row) && same(arm, column + reach, row) && same(arm, column, row - Math.min(reach, 2)) && same(arm, column, row + Math.min(reach, 2))) {
          reach++;
        }
        if (reach > place.reach) {
          place = { column, row, reach };
        }
      }
    }
    const width = textWidth(theme, arm.name, 13, 600);
    const room = (2 * place.reach - 1) * (body.width / columns);
    return room < width + 8 ? [] : [{
      type: "text" as const, silent: true, z: 7,
      x: left + ((place.column + 0.5) / columns) * body.width,
      y: grid.top + body.height * (1 - (place.row + 0.5) / rows),
      style: { text: arm.name, fill: theme.ink, fontSize: 13, fontWeight: 600, fontFamily: theme.font, align: "center" as const, verticalAlign: "middle" as const },
    }];
  });
}

/** A cross where the plan's own inputs are. */
function here(scene: PlanScene, sweep: Sweep, left: number, body: Body) {
  const [x, y] = [place(sweep.now, sweep.values), place(sweep.againstNow, sweep.againstValues ?? [])];
  if (x === null || y === null) {
    return [];
  }

  const at = { x: left + x * body.width, y: grid.top + (1 - y) * body.height };
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
