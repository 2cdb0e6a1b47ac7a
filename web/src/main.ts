import { convergence } from "./charts/convergence";
import { costs } from "./charts/costs";
import { labels } from "./charts/labels";
import { sites } from "./charts/sites";
import { spread } from "./charts/spread";
import { traffic } from "./charts/traffic";
import type { Chart } from "./charts/chart";
import { showLive } from "./live/page";
import type { LiveData } from "./live/model";
import { armsOf, type PageData } from "./model";
import { showPage } from "./page";
import { closeCardsOnLinks, filterTables } from "./plan/filter";
import { planArmsOf, type PlanData } from "./plan/model";
import { planCharts } from "./plan/charts";

const charts: readonly Chart[] = [convergence, traffic, costs, sites, spread, labels];

function inlined(id: string): unknown {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

// Which page this is shows in which data it has.
const run = inlined("run-data") as PageData | null;
if (run !== null) {
  showPage(charts, run, armsOf(run));
}

const plan = inlined("plan-data") as PlanData | null;
if (plan !== null) {
  showPage(planCharts(plan), plan, planArmsOf(plan));
  filterTables();
  closeCardsOnLinks();
}

const live = inlined("live-data") as LiveData | null;
if (live !== null) {
  showLive(live);
}
