import type { Chart } from "../charts/chart";
import { convergence } from "../charts/convergence";
import { traffic } from "../charts/traffic";
import { bytesText, countText, metricText } from "../format";
import { armsOf, type Arm, type MetricFacts, type Metrics, type PageData } from "../model";
import { showPage, type ShownPage } from "../page";
import { element, place, setText } from "./dom";
import type { LiveData, RunStatus, SiteStatus } from "./model";
import { LiveTable, none, type Column } from "./table";

/** The baseline's and the sites' own colours stay free: here are neither. */
export function slotOf(index: number): number {
  return 2 + (index % 10);
}

const charts: readonly Chart[] = [convergence, traffic];

const mostRounds = 12;

/** More than these are shown to who asks. */
const mostSites = 12;

/** The charts of a report, drawn from a run that is still going on. */
export class Curves {
  private page: ShownPage<PageData, Arm> | null = null;
  private drawn = "";
  private readonly rounds: LiveTable<number>;
  private readonly sent: LiveTable<number>;
  private readonly atSites: LiveTable<SiteStatus>;
  private status: RunStatus | null = null;

  constructor(private readonly data: LiveData) {
    this.rounds = new LiveTable<number>(place("rounds-table"), "rounds", () => this.roundColumns(), String);
    this.sent = new LiveTable<number>(place("sent-table"), "sent", () => this.sentColumns(), String);
    this.atSites = new LiveTable<SiteStatus>(place("metrics-table"), "metrics", () => this.siteColumns(), (site) => site.name);
  }

  show(status: RunStatus): void {
    this.status = status;
    const metrics = metricsOf(this.data, status);
    this.showSites(status);
    const hasCurves = metrics.length > 0;
    place("curves").hidden = !hasCurves;
    place("no-curves").hidden = hasCurves;
    if (!hasCurves) {
      return;
    }

    const drawn = JSON.stringify(status.arms.map((arm) => [arm.name, arm.stopped, arm.results]));
    if (drawn === this.drawn) {
      return;
    }

    this.drawn = drawn;
    const data = pageDataOf(status, metrics);
    if (this.page === null) {
      this.page = showPage(charts, data, armsOf(data));
    } else {
      this.page.update(data, armsOf(data));
    }
    setText(place("curves-note"), undefinedWords(this.data, status));
    for (const chart of charts) {
      document.querySelector(`[data-chart="${chart.name}"]`)?.setAttribute("aria-label", altOf(chart, status, metrics[0]));
    }
    const done = [...new Set(status.arms.flatMap((arm) => arm.results.map((round) => round.round)))].sort((a, b) => b - a);
    this.rounds.show(done.slice(0, mostRounds));
    this.sent.show(done.slice(0, mostRounds));
  }

  private roundColumns(): Column<number>[] {
    const status = this.status;
    const metric = status === null ? undefined : metricsOf(this.data, status)[0];
    return [
      { head: "Round", cell: (round) => ({ key: countText(round) }) },
      ...(status?.arms ?? []).map((arm, i) => ({
        head: arm.name,
        slot: slotOf(i),
        isNumber: true,
        cell: (at: number) => {
          const round = this.status?.arms[i]?.results.find((done) => done.round === at);
          const value = metric === undefined ? undefined : round?.metrics[metric.name];
          return typeof value === "number" && metric ? { key: metricText(metric, value) } : none;
        },
      })),
    ];
  }

  private sentColumns(): Column<number>[] {
    return [
      { head: "Round", cell: (round) => ({ key: countText(round) }) },
      ...(this.status?.arms ?? []).map((arm, i) => ({
        head: arm.name,
        slot: slotOf(i),
        isNumber: true,
        cell: (at: number) => {
          const round = this.status?.arms[i]?.results.find((done) => done.round === at);
          return round === undefined ? none : { key: bytesText(round.bytes) };
        },
      })),
    ];
  }

  private showSites(status: RunStatus): void {
    const sites = status.sites.filter((site) => Object.keys(site.metrics ?? {}).length > 0);
    const part = place("metrics-part") as HTMLDetailsElement;
    if (part.hidden && sites.length > 0) {
      part.open = sites.length <= mostSites;
    }
    part.hidden = sites.length === 0;
    this.atSites.show(sites);
  }

  /** A column for every arm, of the first metric that any site has. */
  private siteColumns(): Column<SiteStatus>[] {
    const arms = this.status?.arms ?? [];
    const names = namesOf((this.status?.sites ?? []).flatMap((site) => Object.values(site.metrics ?? {})));
    const metric = names[0] === undefined ? undefined : factsOf(this.data, names[0]);
    setText(place("metrics-caption"), metric === undefined ? "" : `The newest ${metric.label} on each site’s own test rows.`);
    return [
      { head: "Site", cell: (site) => ({ key: site.name, nodes: () => [element("span", "label", site.name)] }) },
      ...arms.map((arm, i) => ({
        head: arm.name,
        slot: slotOf(i),
        isNumber: true,
        cell: (site: SiteStatus) => {
          const value = metric === undefined ? undefined : site.metrics?.[arm.name]?.[metric.name];
          return typeof value === "number" && metric ? { key: metricText(metric, value) } : none;
        },
      })),
    ];
  }
}

/** Those of which there is a value, in the run's order; the loss last where it is no metric of the run. */
export function metricsOf(data: LiveData, status: RunStatus): MetricFacts[] {
  const rounds = status.arms.flatMap((arm) => arm.results);
  const names = namesOf(rounds.map((round) => round.metrics));
  const hasLoss = !names.includes("loss") && rounds.some((round) => typeof round.loss === "number");
  return [...names, ...(hasLoss ? ["loss"] : [])].map((name) => factsOf(data, name));
}

export function armsInColour(status: RunStatus): { arm: RunStatus["arms"][number]; slot: number }[] {
  return status.arms.map((arm, i) => ({ arm, slot: slotOf(i) }));
}

function namesOf(metrics: readonly Metrics[]): string[] {
  const names = [...new Set(metrics.flatMap((at) => Object.keys(at)))];
  return names.filter((name) => metrics.some((at) => typeof at[name] === "number"));
}

/** Metrics that have no value anywhere, since they need all rows in one place. */
function undefinedWords(data: LiveData, status: RunStatus): string {
  const rounds = status.arms.flatMap((arm) => arm.results);
  const missing = [...new Set(rounds.flatMap((round) => Object.keys(round.metrics)))].filter((name) => rounds.every((round) => typeof round.metrics[name] !== "number"));
  const labels = missing.map((name) => factsOf(data, name).label);
  return labels.length === 0 ? "" : `${labels.join(" and ")} over all test rows ${labels.length === 1 ? "is" : "are"} not computed: the sites’ rows never meet.`;
}

function factsOf(data: LiveData, name: string): MetricFacts {
  return data.metrics.find((metric) => metric.name === name) ?? { name, label: name, higherIsBetter: true, isShare: false };
}

function pageDataOf(status: RunStatus, metrics: readonly MetricFacts[]): PageData {
  return {
    run: {
      name: status.name,
      baseline: "",
      data: { task: "", classes: [], features: 0, sites: [] },
      arms: status.arms.map((arm) => ({
        name: arm.name,
        kind: "federated",
        rounds: arm.results.map((round) => ({ ...round, metrics: { ...(typeof round.loss === "number" ? { loss: round.loss } : {}), ...round.metrics } })),
        ...(arm.stopped === undefined ? {} : { stopped: arm.stopped }),
        bytesUp: arm.bytesUp,
        bytesDown: arm.bytesDown,
      })),
    },
    siteCount: status.sites.length,
    metrics,
    slots: status.arms.map((_, i) => slotOf(i)),
  };
}

function altOf(chart: Chart, status: RunStatus, metric: MetricFacts | undefined): string {
  const courses = status.arms.map((arm) => {
    const values = arm.results.map((round) => (metric === undefined ? undefined : (round.metrics[metric.name] ?? (metric.name === "loss" ? round.loss : undefined)))).filter((value) => typeof value === "number");
    const [first] = values;
    const last = values.at(-1);
    return metric === undefined || first === undefined || last === undefined ? `${arm.name} has no curve yet`
      : `${arm.name} goes from ${metricText(metric, first)} to ${metricText(metric, last)} in ${countText(arm.completed)} of ${countText(arm.rounds)} rounds${chart.name === "traffic" ? ` with ${bytesText(arm.bytesUp + arm.bytesDown)} sent` : ""}`;
  });
  return `Line chart of ${metric?.label ?? "a metric"} by ${chart.name === "traffic" ? "bytes sent" : "round"}, so far. ${courses.join("; ")}.`;
}
