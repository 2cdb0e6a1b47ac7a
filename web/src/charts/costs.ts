import type { CostView } from "../model";
import { stacks } from "../plan/stacks";
import type { PlanScene } from "../plan/model";
import type { Chart, Scene } from "./chart";

/** What each arm takes of energy, carbon and money, by what it goes to: drawn as a plan's are. */
export const costs: Chart = {
  name: "costs",
  hasLegend: true,
  views: (data) => (data.costs?.views ?? []).map((view) => ({ id: view.name, label: view.label })),
  height: (scene) => stacks.height(planScene(scene)),
  option: (scene) => stacks.option(planScene(scene)),
};

function planScene(scene: Scene): PlanScene {
  const view = viewOf(scene);
  const total = "total";
  return {
    theme: scene.theme,
    width: scene.width,
    view: view.name,
    data: {
      baseline: scene.data.run.baseline,
      recommended: "",
      arms: [],
      figures: { [total]: { label: view.label, unit: view.unit, higherIsBetter: false } },
      units: scene.data.costs?.units ?? {},
      stacks: [{ name: view.name, label: view.label, total, parts: view.parts, labels: view.parts }],
      sweeps: [],
    },
    arms: scene.arms.map((arm) => {
      const values = view.arms[arm.name] ?? null;
      return {
        name: arm.name,
        slot: arm.slot,
        isBaseline: arm.isBaseline,
        isStopped: arm.isStopped,
        plan: {
          name: arm.name,
          slot: arm.slot,
          isOnFront: false,
          values: values === null ? {} : { ...Object.fromEntries(view.parts.map((part, i) => [part, values[i] ?? 0])), [total]: values.reduce((sum, value) => sum + value, 0) },
          ranges: {},
          tornado: [],
        },
      };
    }),
  };
}

function viewOf(scene: Scene): CostView {
  const views = scene.data.costs?.views ?? [];
  return views.find((view) => view.name === scene.view) ?? views[0] ?? { name: "", label: "", unit: "", parts: [], arms: {} };
}
