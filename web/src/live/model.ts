// Mirrors GET /v1/status (Atoll.Experiments.Protocol.RunStatus) and the page's envelope (Atoll.Dashboard.Live.LiveData).
import type { MetricFacts, Metrics, RoundResult } from "../model";
import type { UnitStep } from "../plan/model";

export type Phase = "enrolling" | "preparing" | "training" | "evaluating" | "finished" | "aborted";

/** "enrolled" is what a ledger alone can say; a coordinator that runs says more. */
export type Activity = "expected" | "enrolled" | "online" | "training" | "late" | "lost";

export interface ArmStatus {
  readonly name: string;
  readonly completed: number;
  readonly rounds: number;
  readonly parameters: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly stopped?: string;
  readonly model?: string;
  readonly updates: number;
  readonly asked: number;
  readonly results: readonly RoundResult[];
}

export interface SiteStatus {
  readonly name: string;
  readonly activity: Activity;
  /** ISO 8601. */
  readonly seen?: string;
  readonly done?: number;
  readonly trainRows?: number;
  readonly testRows?: number;
  readonly updates: number;
  readonly rejected: number;
  readonly energyJoules: number;
  readonly energyBasis?: string;
  readonly metrics?: Readonly<Record<string, Metrics>>;
}

export interface Rejection {
  readonly time: string;
  readonly site?: string;
  readonly arm?: string;
  readonly round?: number;
  readonly reason: string;
}

export interface LedgerStatus {
  readonly size: number;
  readonly root?: string;
  readonly fingerprint: string;
}

export interface RunStatus {
  readonly run: string;
  readonly name: string;
  readonly seed: number;
  readonly phase: Phase;
  readonly reason: string;
  readonly started: string;
  readonly now: string;
  readonly arms: readonly ArmStatus[];
  readonly sites: readonly SiteStatus[];
  readonly rejections: readonly Rejection[];
  readonly rejected: number;
  readonly ledger: LedgerStatus;
}

/** A line of the ledger. */
export interface LedgerEntry {
  readonly index: number;
  readonly kind: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface LiveData {
  /** Every metric that is known; others go by their own names. */
  readonly metrics: readonly MetricFacts[];
  readonly units: Readonly<Record<string, readonly UnitStep[]>>;
  /** Where the status and the events are. */
  readonly status: string;
  readonly events: string;
}

export function isOver(status: RunStatus): boolean {
  return status.phase === "finished" || status.phase === "aborted";
}
