import { bytesText, countText, metricText } from "../format";
import type { MetricFacts } from "../model";
import { element, place, progress, swatch } from "./dom";
import type { ArmStatus } from "./model";
import { LiveTable, none } from "./table";

export interface ShownArm {
  readonly arm: ArmStatus;
  readonly slot: number;
}

/** Rounds of every arm. */
export function armTable(metricsOf: () => readonly MetricFacts[]): LiveTable<ShownArm> {
  return new LiveTable<ShownArm>(place("arms"), "arms", () => [
    {
      head: "Arm",
      cell: ({ arm, slot }) => ({
        key: `${arm.name}|${arm.stopped ?? ""}`,
        nodes: () => [swatch(slot, arm.name), ...(arm.stopped === undefined ? [] : [element("small", "is-bad", `stopped: ${arm.stopped}`)])],
      }),
    },
    {
      head: "Rounds",
      className: "with-bar",
      cell: ({ arm }) => ({
        key: `${arm.completed} of ${arm.rounds}`,
        nodes: () => [progress(`Rounds of ${arm.name}`, arm.completed, arm.rounds, `${countText(arm.completed)} of ${countText(arm.rounds)}`)],
      }),
    },
    { head: "Updates this round", isNumber: true, cell: ({ arm }) => (arm.asked === 0 ? none : { key: `${countText(arm.updates)} of ${countText(arm.asked)}` }) },
    ...metricsOf().slice(0, 2).map((metric) => ({
      head: metric.label,
      isNumber: true,
      cell: ({ arm }: ShownArm) => {
        const value = arm.results.findLast((round) => typeof round.metrics[metric.name] === "number")?.metrics[metric.name];
        return typeof value === "number" ? { key: metricText(metric, value) } : none;
      },
    })),
    { head: "Up", isNumber: true, cell: ({ arm }) => ({ key: bytesText(arm.bytesUp) }) },
    { head: "Down", isNumber: true, cell: ({ arm }) => ({ key: bytesText(arm.bytesDown) }) },
    {
      head: "Model",
      cell: ({ arm }) => (arm.model === undefined ? none : {
        key: arm.model,
        nodes: () => {
          const code = element("code", "", `${arm.model?.slice(0, 12) ?? ""}…`);
          code.title = arm.model ?? "";
          return [code];
        },
      }),
    },
  ], ({ arm }) => arm.name);
}
