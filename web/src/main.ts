import { convergence } from "./charts/convergence";
import { labels } from "./charts/labels";
import { sites } from "./charts/sites";
import { spread } from "./charts/spread";
import { traffic } from "./charts/traffic";
import type { Chart } from "./charts/chart";
import { legendOf } from "./controls";
import { armsOf, type PageData } from "./model";
import { Stage } from "./stage";

const charts: readonly Chart[] = [convergence, traffic, sites, spread, labels];

function start(data: PageData): void {
  const arms = armsOf(data);
  const hidden = new Set<string>();
  const legends: HTMLElement[] = [];
  const stages: Stage[] = [];

  const show = (): void => {
    const shown = arms.filter((arm) => !hidden.has(arm.result.name));
    for (const button of legends.flatMap((legend) => [...legend.querySelectorAll<HTMLElement>("[data-arm]")])) {
      button.setAttribute("aria-pressed", String(!hidden.has(button.dataset["arm"] ?? "")));
    }
    for (const stage of stages) {
      stage.show(shown);
    }
  };

  for (const chart of charts) {
    const stage = Stage.mount(chart, data);
    if (stage === null) {
      continue;
    }

    stages.push(stage);
    const controls = document.querySelector<HTMLElement>(`[data-controls="${chart.name}"]`);
    if (controls && chart.hasLegend && arms.length > 1) {
      controls.hidden = false;
      const legend = legendOf(arms, hidden, show);
      legends.push(legend);
      controls.append(legend);
    }
  }

  show();
  for (const stage of stages) {
    stage.closeTable();
  }

  const redraw = (isPrint: boolean): void => {
    for (const stage of stages) {
      stage.draw(isPrint);
    }
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(false));
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    redraw(true);
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    redraw(false);
  });
}

const inlined = document.getElementById("run-data")?.textContent;
if (inlined) {
  start(JSON.parse(inlined) as PageData);
}
