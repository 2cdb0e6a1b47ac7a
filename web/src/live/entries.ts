import { bytesText, countText } from "../format";
import type { LedgerEntry, LiveData } from "./model";
import { counted, energyText, listText } from "./words";

/** A ledger's entry in words, where its kind is known; a kind that is not says what it is about. */
export function entryWords(data: LiveData, entry: LedgerEntry): string {
  const fields = new Fields(entry.data);
  const site = fields.text("site") ?? "somebody";
  const round = fields.round;
  switch (entry.kind) {
    case "run-created": return `The run ${fields.text("run") ?? ""} begins.`;
    case "site-enrolled": return `${site} joined.`;
    case "site-prepared": return `${site} prepared its rows.`;
    case "site-lost": return `${site} is lost: ${fields.text("reason") ?? "no reason given"}`;
    case "site-returned": return `${site} is back.`;
    case "round-opened": return `${round} is open${fields.count("sites") > 0 ? ` for ${counted(fields.count("sites"), "site")}` : ""}.`;
    case "model-published": return `${round}: the model to begin from${fields.number("bytes") === null ? "" : `, ${bytesText(fields.number("bytes") ?? 0)}`}.`;
    case "task-taken": return `${site} began ${round}.`;
    case "update-received": return `${round}: ${site} sent its update${fields.number("rows") === null ? "" : `, from ${counted(fields.number("rows") ?? 0, "row")}`}.`;
    case "update-rejected": return `${site}: refused. ${fields.text("reason") ?? ""}`;
    case "round-aggregated": return `${round}: ${counted(fields.count("updates"), "update")} became a model.`;
    case "round-abandoned": return `${round} was given up: ${fields.text("reason") ?? ""}`;
    case "meter-reading": return `${site} used ${energyText(data, fields.number("energyJoules") ?? 0)}${fields.text("basis") ? `, ${fields.text("basis")}` : ""}, in ${round}.`;
    case "evaluation": return `${fields.text("site") ?? "All sites"} evaluated ${round}.`;
    case "enrolment-closed": return `No more sites are let in: ${counted(fields.count("sites"), "site")} take part.`;
    case "task-failed": return `${site} could not do ${round}: ${fields.text("reason") ?? ""}`;
    case "training-begun": return "Training begins.";
    case "arm-finished": return `${round} came to its end${fields.text("stopped") === null ? "" : `: ${fields.text("stopped") ?? ""}`}.`;
    case "run-finished": return "The run is finished.";
    case "run-aborted": return `The run was aborted: ${fields.text("reason") ?? ""}`;
    case "tree-head": return `The head over ${fields.number("size") === null ? "all entries" : `${countText(fields.number("size") ?? 0)} entries`}, signed.`;
    default: return listText([fields.text("site"), fields.text("arm"), fields.text("reason")].filter((text) => text !== null));
  }
}

/** An entry's data, whatever it may be. */
class Fields {
  constructor(private readonly data: Readonly<Record<string, unknown>>) {}

  text(name: string): string | null {
    const value = this.data[name];
    return typeof value === "string" ? value : null;
  }

  number(name: string): number | null {
    const value = this.data[name];
    return typeof value === "number" ? value : null;
  }

  count(name: string): number {
    const value = this.data[name];
    return Array.isArray(value) ? value.length : 0;
  }

  /** Which round of which arm. */
  get round(): string {
    const arm = this.text("arm");
    const round = this.number("round");
    return round === null ? (arm ?? "the run") : arm === null ? `round ${round}` : `${arm} round ${round}`;
  }
}
