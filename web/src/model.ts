// Mirrors result.json (Atoll.Experiments.Results.RunResult) and the page's envelope (Atoll.Dashboard.Report.PageData).
import type { UnitStep } from "./plan/model";

export type Metrics = Readonly<Record<string, number | null>>;

export interface SiteFacts {
  readonly name: string;
  readonly trainRows: number;
  readonly testRows: number;
  readonly labels: Readonly<Record<string, number>>;
}

export interface DataFacts {
  readonly task: string;
  readonly classes: readonly string[];
  readonly features: number;
  readonly sites: readonly SiteFacts[];
}

export interface RoundResult {
  readonly round: number;
  readonly loss?: number;
  readonly metrics: Metrics;
  readonly bytes: number;
  readonly seconds: number;
}

export interface SiteMetrics {
  readonly site: string;
  readonly metrics: Metrics;
  readonly sd?: Metrics;
}

export interface FinalResult {
  readonly perSite: readonly SiteMetrics[];
  readonly meanOfSites: Metrics;
  readonly worstSite: SiteMetrics;
  readonly pooled: Metrics;
  readonly pooledSd?: Metrics;
}

export interface ArmResult {
  readonly name: string;
  readonly kind: "centralized" | "local" | "federated";
  readonly rounds: readonly RoundResult[];
  readonly final?: FinalResult;
  readonly stopped?: string;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

export interface RunResult {
  readonly name: string;
  readonly baseline: string;
  readonly data: DataFacts;
  readonly arms: readonly ArmResult[];
}

export interface MetricFacts {
  readonly name: string;
  readonly label: string;
  readonly higherIsBetter: boolean;
  readonly isShare: boolean;
}

/** One account of what the arms take: by arm, a figure for each part. */
export interface CostView {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly parts: readonly string[];
  readonly arms: Readonly<Record<string, readonly number[] | null>>;
}

export interface CostData {
  readonly views: readonly CostView[];
  readonly units: Readonly<Record<string, readonly UnitStep[]>>;
}

export interface PageData {
  readonly run: RunResult;
  readonly siteCount: number;
  readonly metrics: readonly MetricFacts[];
  readonly slots: readonly number[];
  readonly costs?: CostData;
}

/** What every page's arms have: a name and a place in the palette. */
export interface NamedArm {
  readonly name: string;
  readonly slot: number;
  readonly isBaseline: boolean;
  /** Whether its run ended before its end. */
  readonly isStopped: boolean;
}

/** An arm of a run. */
export interface Arm extends NamedArm {
  readonly result: ArmResult;
}

export function armsOf(data: PageData): Arm[] {
  return data.run.arms.map((result, i) => ({ name: result.name, result, slot: data.slots[i] ?? 2, isBaseline: result.name === data.run.baseline, isStopped: result.stopped !== undefined }));
}
