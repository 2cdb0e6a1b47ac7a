import { init, type ECharts } from "./echarts";
import type { NamedArm } from "./model";
import type { Chart, Scene, View } from "./charts/chart";
import { switchOf } from "./controls";
import { currentTheme } from "./theme";

/** Width of a printed page's text in CSS pixels: A4 less its margins, narrow enough for Letter too. */
const printWidth = 660;

/** One chart on the page: its box, its chosen view, and the drawing. */
export class Stage<D, A extends NamedArm> {
  private readonly instance: ECharts;
  private view = "";
  private arms: readonly A[] = [];
  private drawnWidth = 0;
  private views: readonly View[] = [];
  private choice: HTMLElement | null = null;

  static mount<D, A extends NamedArm>(chart: Chart<D, A>, data: D): Stage<D, A> | null {
    const box = document.querySelector<HTMLElement>(`[data-chart="${chart.name}"]`);
    return box === null ? null : new Stage(chart, data, box);
  }

  private constructor(private readonly chart: Chart<D, A>, private data: D, private readonly box: HTMLElement) {
    box.hidden = false;
    this.instance = init(box, null, { renderer: "svg", width: Math.max(1, box.clientWidth), height: 100 });
    this.offerViews();
    new ResizeObserver(() => {
      if (this.box.clientWidth !== this.drawnWidth && this.box.clientWidth > 0) {
        this.draw();
      }
    }).observe(box);
  }

  show(arms: readonly A[], data: D): void {
    this.arms = arms;
    if (data !== this.data) {
      this.data = data;
      this.offerViews();
    }
    this.draw();
  }

  /** Keeps the reader's choice where the views stay the same. */
  private offerViews(): void {
    const views = this.chart.views(this.data);
    const isSame = views.length === this.views.length && views.every((view, i) => view.id === this.views[i]?.id);
    if (isSame && this.views.length > 0) {
      return;
    }

    this.views = views;
    this.view = views[0]?.id ?? "";
    this.choice?.remove();
    this.choice = null;
    const controls = document.querySelector<HTMLElement>(`[data-controls="${this.chart.name}"]`);
    if (controls && views.length > 1) {
      controls.hidden = false;
      this.choice = switchOf(views, (view) => {
        this.view = view;
        this.draw();
      });
      controls.prepend(this.choice);
    }
  }

  draw(isPrint = false): void {
    const width = isPrint ? printWidth : this.box.clientWidth;
    if (width <= 0) {
      return;
    }

    this.drawnWidth = isPrint ? 0 : width;
    const scene: Scene<D, A> = { data: this.data, arms: this.arms, theme: currentTheme(), width, view: this.view };
    this.instance.resize({ width, height: Math.round(this.chart.height(scene)), silent: true });
    this.instance.setOption(this.chart.option(scene), { notMerge: true });
    this.instance.getZr().flush();
  }

  /** The chart is there: its table may close. */
  closeTable(): void {
    document.querySelector<HTMLDetailsElement>(`[data-table="${this.chart.name}"]`)?.removeAttribute("open");
  }
}
