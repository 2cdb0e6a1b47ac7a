// Mirrors the plan page's envelope (Atoll.Dashboard.Plans.PlanData).
import type { Chart, Scene } from "../charts/chart";
import type { NamedArm } from "../model";

export interface UnitStep {
  readonly before: string;
  readonly after: string;
  readonly size: number;
  readonly decimals?: number;
}

export interface FigureFacts {
  readonly label: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
}

export interface Influence {
  readonly input: string;
  readonly output: string;
  readonly atLow: number;
  readonly atHigh: number;
  readonly low: string;
  readonly high: string;
}

export interface Timeline {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly step: number;
  readonly intensity: Readonly<Record<string, readonly (number | null)[]>>;
  readonly runs: readonly (string | null)[];
}

export interface PlanDataArm {
  readonly name: string;
  readonly slot: number;
  readonly isOnFront: boolean;
  readonly values: Readonly<Record<string, number>>;
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  readonly tornado: readonly Influence[];
  readonly timeline?: Timeline;
}

export interface StackFacts {
  readonly name: string;
  readonly label: string;
  readonly total: string;
  readonly parts: readonly string[];
  readonly labels: readonly string[];
}

export interface Sweep {
  readonly vary: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly against?: string;
  readonly againstUnit?: string;
  readonly againstValues?: readonly number[];
  readonly show: string;
  /** Where the best arm changes. */
  readonly marks: readonly number[];
  readonly now?: number;
  readonly againstNow?: number;
  readonly arms: Readonly<Record<string, readonly (number | null)[]>>;
}

export interface PlanData {
  readonly baseline: string;
  readonly recommended: string;
  readonly arms: readonly PlanDataArm[];
  readonly figures: Readonly<Record<string, FigureFacts>>;
  readonly units: Readonly<Record<string, readonly UnitStep[]>>;
  readonly stacks: readonly StackFacts[];
  readonly sweeps: readonly Sweep[];
}

export interface PlanArm extends NamedArm {
  readonly plan: PlanDataArm;
}

export type PlanScene = Scene<PlanData, PlanArm>;
export type PlanChart = Chart<PlanData, PlanArm>;

export function planArmsOf(data: PlanData): PlanArm[] {
  return data.arms.map((plan) => ({ name: plan.name, slot: plan.slot, isBaseline: plan.name === data.baseline, isStopped: false, plan }));
}

export function figureOf(data: PlanData, output: string): FigureFacts {
  return data.figures[output] ?? { label: output, unit: "", higherIsBetter: false };
}
