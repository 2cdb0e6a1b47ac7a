import type { ChartOption } from "../echarts";
import type { Arm, MetricFacts, NamedArm, PageData } from "../model";
import type { Theme } from "../theme";

/** What a chart is drawn with: everything that can change while the page is open. */
export interface Scene<D = PageData, A extends NamedArm = Arm> {
  readonly data: D;
  /** The arms that the reader has not hidden. */
  readonly arms: readonly A[];
  readonly theme: Theme;
  /** Pixels. */
  readonly width: number;
  /** Which of the chart's views is chosen. */
  readonly view: string;
}

export interface View {
  readonly id: string;
  readonly label: string;
  /** Whether the label is a name that someone gave, to be shown letter by letter. */
  readonly isName?: boolean;
}

/** A chart is a pure function from a scene to what ECharts draws; everything that has state is in the stage. */
export interface Chart<D = PageData, A extends NamedArm = Arm> {
  /** The page's placeholder. */
  readonly name: string;
  readonly hasLegend: boolean;
  views(data: D): readonly View[];
  /** Pixels. */
  height(scene: Scene<D, A>): number;
  option(scene: Scene<D, A>): ChartOption;
}

/** A scene of whichever page: what axes, lines and labels need of it. */
export type AnyScene = Scene<unknown, NamedArm>;

export function isNarrow(scene: { readonly width: number }): boolean {
  return scene.width < 560;
}

export function metricNamed(data: PageData, name: string): MetricFacts {
  const first: MetricFacts = { name, label: name, higherIsBetter: true, isShare: false };
  return data.metrics.find((metric) => metric.name === name) ?? data.metrics[0] ?? first;
}

/** A metric that no round has (it needs rows in one place) would be an empty chart. */
export function metricViews(data: PageData): View[] {
  const drawn = data.metrics.filter((metric) => data.run.arms.some((arm) => arm.rounds.some((round) => typeof round.metrics[metric.name] === "number")));
  return (drawn.length > 0 ? drawn : data.metrics).map((metric) => ({ id: metric.name, label: metric.label }));
}
