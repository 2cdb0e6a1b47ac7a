import { pareto } from "./pareto";
import { stacks } from "./stacks";
import { sweepCurves } from "./curves";
import { sweepMap } from "./map";
import { timelineOf } from "./timeline";
import { tornado } from "./tornado";
import type { PlanChart, PlanData } from "./model";

/** A chart for each figure that the page may have; those without a place on the page are not drawn. */
export function planCharts(data: PlanData): PlanChart[] {
  return [
    stacks,
    ...data.sweeps.map((sweep, i) => (sweep.againstValues ? sweepMap(sweep, i) : sweepCurves(sweep, i))),
    pareto,
    tornado,
    ...data.arms.flatMap((arm, i) => (arm.timeline ? [timelineOf(arm.timeline, i)] : [])),
  ];
}
