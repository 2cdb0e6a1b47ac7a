import { element, place, setText } from "./dom";
import type { Rejection, RunStatus } from "./model";
import { LiveTable } from "./table";
import { clockText, counted, dateText } from "./words";

/** What was refused, and why; the latest first. */
export function rejectionTable(): LiveTable<Rejection & { readonly key: string }> {
  return new LiveTable<Rejection & { readonly key: string }>(place("rejections"), "rejections", () => [
    {
      head: "Time",
      className: "when",
      cell: (at) => ({
        key: at.time,
        nodes: () => {
          const time = element("time", "", clockText(Date.parse(at.time)));
          time.dateTime = at.time;
          time.title = dateText(Date.parse(at.time));
          return [time];
        },
      }),
    },
    { head: "Site", className: "names", cell: (at) => ({ key: at.site ?? "unknown" }) },
    { head: "Round", className: "round", cell: (at) => ({ key: at.arm === undefined ? "–" : at.round === undefined ? at.arm : `${at.arm}, ${at.round}` }) },
    { head: "Reason", className: "why", cell: (at) => ({ key: at.reason }) },
  ], (at) => at.key);
}

export function showRejections(table: LiveTable<Rejection & { readonly key: string }>, status: RunStatus): void {
  setText(place("rejections-words"), status.rejected === 0 ? "Nothing so far. What does not belong to the run, or fails its checks, is refused and stands here with the reason."
    : status.rejected > status.rejections.length ? `The last ${status.rejections.length} of ${counted(status.rejected, "refusal")}; the ledger has them all.` : `${counted(status.rejected, "refusal")}, the latest first.`);
  place("rejections").hidden = status.rejections.length === 0;
  const seen = new Map<string, number>();
  table.show(status.rejections.map((at) => {
    const key = `${at.time}|${at.site ?? ""}|${at.reason}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return { ...at, key: `${key}|${before}` };
  }));
}
