import { bytesText, countText } from "../format";
import { element, place, setContent } from "./dom";
import { isOver, type LiveData, type RunStatus } from "./model";
import { agoText, counted, dateText, durationText, energyByBasis, energyText } from "./words";

interface Figure {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** The run in six figures. */
export function showStrip(data: LiveData, status: RunStatus, now: number): void {
  const figures = [rounds(status), sites(status), sent(status), energy(data, status), refused(status, now), running(status, now)];
  const strip = place("strip");
  if (strip.childElementCount !== figures.length) {
    strip.replaceChildren(...figures.map((figure) => {
      const box = element("div", "", element("dt", "", figure.label), element("dd", "", element("span", "big"), element("small", "")));
      box.dataset["figure"] = figure.name;
      return box;
    }));
  }
  for (const [i, figure] of figures.entries()) {
    const box = strip.children[i];
    const label = box?.querySelector<HTMLElement>("dt");
    const big = box?.querySelector<HTMLElement>(".big");
    const note = box?.querySelector<HTMLElement>("small");
    if (label && big && note) {
      setContent(label, figure.label, () => [figure.label]);
      setContent(big, figure.value, () => [figure.value]);
      setContent(note, figure.note, () => [figure.note]);
    }
  }
}

function rounds(status: RunStatus): Figure {
  const done = status.arms.reduce((sum, arm) => sum + arm.completed, 0);
  const all = status.arms.reduce((sum, arm) => sum + arm.rounds, 0);
  const stopped = status.arms.filter((arm) => arm.stopped !== undefined).length;
  return { name: "rounds", label: "Rounds done", value: countText(done), note: `of ${countText(all)} in ${counted(status.arms.length, "arm")}${stopped > 0 ? `, ${stopped} stopped` : ""}` };
}

function sites(status: RunStatus): Figure {
  const here = status.sites.filter((site) => site.activity !== "expected" && site.activity !== "lost");
  const training = here.filter((site) => site.activity === "training" || site.activity === "late").length;
  return { name: "sites", label: "Sites here", value: countText(here.length), note: `of ${countText(status.sites.length)}${training > 0 ? `, ${countText(training)} training` : ""}` };
}

function sent(status: RunStatus): Figure {
  const up = status.arms.reduce((sum, arm) => sum + arm.bytesUp, 0);
  const down = status.arms.reduce((sum, arm) => sum + arm.bytesDown, 0);
  return { name: "sent", label: "Sent", value: bytesText(up + down), note: up + down === 0 ? "nothing yet" : `${bytesText(up)} up, ${bytesText(down)} down` };
}

function energy(data: LiveData, status: RunStatus): Figure {
  const by = [...energyByBasis(status.sites)];
  const all = by.reduce((sum, [, joules]) => sum + joules, 0);
  const [only] = by;
  return {
    name: "energy",
    label: "Energy so far",
    value: only ? energyText(data, all) : "–",
    note: by.length > 1 ? by.map(([basis, joules]) => `${energyText(data, joules)} ${basis}`).join(", ") : only ? `${only[0]} at the sites` : "no reading yet",
  };
}

function refused(status: RunStatus, now: number): Figure {
  const last = status.rejections[0];
  return { name: "refused", label: "Refused", value: countText(status.rejected), note: last ? `the last ${agoText(now - Date.parse(last.time))}` : "nothing" };
}

function running(status: RunStatus, now: number): Figure {
  const end = isOver(status) ? Date.parse(status.now) : now;
  return { name: "running", label: isOver(status) ? "Took" : "Running for", value: durationText(end - Date.parse(status.started)), note: `since ${dateText(Date.parse(status.started)).split(", ").at(-1) ?? ""}` };
}
