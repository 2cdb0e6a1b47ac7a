import type { Chart } from "./charts/chart";
import { legendOf } from "./controls";
import type { NamedArm } from "./model";
import { Stage } from "./stage";

/** A page's charts, drawn; new data is drawn over the old. */
export interface ShownPage<D, A extends NamedArm> {
  update(data: D, arms: readonly A[]): void;
}

/** Draws a page's charts and keeps them drawn: for the reader's choice of arms, for light and dark, for paper. */
export function showPage<D, A extends NamedArm>(charts: readonly Chart<D, A>[], firstData: D, firstArms: readonly A[]): ShownPage<D, A> {
  let data = firstData;
  let arms = firstArms;
  const hidden = new Set<string>();
  const legends: HTMLElement[] = [];
  const stages: { readonly stage: Stage<D, A>; readonly hasLegend: boolean }[] = [];

  const show = (): void => {
    const shown = arms.filter((arm) => !hidden.has(arm.name));
    for (const button of legends.flatMap((legend) => [...legend.querySelectorAll<HTMLElement>("[data-arm]")])) {
      button.setAttribute("aria-pressed", String(!hidden.has(button.dataset["arm"] ?? "")));
    }
    for (const { stage, hasLegend } of stages) {
      // A chart that cannot say which arms are hidden hides none.
      stage.show(hasLegend ? shown : arms, data);
    }
  };

  for (const chart of charts) {
    const stage = Stage.mount(chart, data);
    if (stage === null) {
      continue;
    }

    stages.push({ stage, hasLegend: chart.hasLegend });
    const controls = document.querySelector<HTMLElement>(`[data-controls="${chart.name}"]`);
    if (controls && chart.hasLegend && arms.length > 1) {
      controls.hidden = false;
      const legend = legendOf(arms, hidden, show);
      legends.push(legend);
      controls.append(legend);
    }
  }

  show();
  for (const { stage } of stages) {
    stage.closeTable();
  }

  const redraw = (isPrint: boolean): void => {
    for (const { stage } of stages) {
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

  return {
    update(newData, newArms) {
      data = newData;
      arms = newArms;
      show();
    },
  };
}
