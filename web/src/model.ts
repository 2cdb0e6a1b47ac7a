// Mirrors result.json (Atoll.Experiments.Results.RunResult) and the page's envelope (Atoll.Dashboard.Report.PageData).

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

export interface PageData {
  readonly run: RunResult;
  readonly siteCount: number;
  readonly metrics: readonly MetricFacts[];
  readonly slots: readonly number[];
}

/** An arm with its place in the palette. */
export interface Arm {
  readonly result: ArmResult;
  readonly slot: number;
  readonly isBaseline: boolean;
}

export function armsOf(data: PageData): Arm[] {
  return data.run.arms.map((result, i) => ({ result, slot: data.slots[i] ?? 2, isBaseline: result.name === data.run.baseline }));
}
