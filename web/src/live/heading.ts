import { element, place, setContent, setText } from "./dom";
import type { Link } from "./feed";
import { isOver, type Phase, type RunStatus } from "./model";
import { clockText, dateText, durationText } from "./words";

const course: readonly Phase[] = ["enrolling", "preparing", "training", "evaluating", "finished"];

/** What run this is, how far it is, and what it waits for. */
export function showHeading(status: RunStatus): void {
  document.title = `${status.name}: ${status.phase} · Atoll`;
  setText(place("name"), status.name);
  const facts = [`run ${status.run}`, `seed ${status.seed}`, `started ${dateText(Date.parse(status.started))}`];
  setContent(place("facts"), facts.join("|"), () => facts.map((fact) => element("li", "", fact)));
  setText(place("reason"), status.reason);
  const phases = place("phases");
  phases.dataset["phase"] = status.phase;
  setContent(phases, status.phase, () => {
    const shown = status.phase === "aborted" ? [...course.slice(0, -1), "aborted" as const] : course;
    const at = shown.indexOf(status.phase);
    return shown.map((phase, i) => {
      // How far an aborted run was, the arms' rounds say.
      const item = element("li", i === at ? `is-now is-${phase}` : i < at && status.phase !== "aborted" ? "is-done" : "", phase);
      if (i === at) {
        item.setAttribute("aria-current", "step");
      }
      return item;
    });
  });
}

/** Whether the figures are of now, and if not, since when they are old. */
export function showLink(link: Link, status: RunStatus | null, now: number): void {
  const isDone = status !== null && isOver(status);
  const isLost = link.state === "lost" && !isDone;
  const mark = place("link");
  mark.dataset["state"] = isDone ? "over" : link.state;
  const words = { connecting: "Connecting …", told: "Live", asking: "Live, by asking", lost: isDone ? "Over" : "Connection lost" };
  setText(mark, isDone ? "Over" : words[link.state]);
  setText(place("as-of"), link.heard > 0 ? `as of ${clockText(link.heard)}` : "");

  const banner = place("lost");
  banner.hidden = link.state !== "lost";
  banner.classList.toggle("is-bad", isLost);
  setText(place("lost-words"), isDone ? "The run is over and the coordinator no longer answers. These are its last figures."
    : link.heard === 0 ? "The coordinator does not answer. Trying again …"
      : `Connection lost, trying again. The figures are those of ${clockText(link.heard)}.`);
  // It ticks, so it stands outside of what is read aloud.
  setText(place("lost-age"), isLost && link.heard > 0 ? `They are ${durationText(now - link.heard)} old.` : "");
}
