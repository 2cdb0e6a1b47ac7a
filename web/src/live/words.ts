// Times, counts and energy as Atoll.Dashboard.Figures.Figure says them.
import { countText } from "../format";
import { amountText } from "../plan/amount";
import type { LiveData, SiteStatus } from "./model";

/** A duration in its two largest units: 12 s, 3 min 20 s, 2 h 05 min, 3 d 4 h. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor((seconds + 30) / 3600);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600 - 30) {
    return `${minutes} min ${two(seconds % 60)} s`;
  }
  return hours < 48 ? `${hours} h ${two(Math.floor((seconds + 30) / 60) % 60)} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Where seconds no longer matter: just now, 12 s ago, 3 min ago. */
export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 2 ? "just now" : seconds < 60 ? `${seconds} s ago` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}

/** On the reader's clock. */
export function clockText(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString("en-GB");
}

export function dateText(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }).replace(" at ", ", ");
}

export function counted(count: number, one: string, many = one + "s"): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

export function energyText(data: LiveData, joules: number): string {
  return amountText(data, joules, "J");
}

/** Joules by how they are known: a sum of several kinds is never shown without its parts. */
export function energyByBasis(sites: readonly SiteStatus[]): Map<string, number> {
  const by = new Map<string, number>();
  for (const site of sites) {
    if (site.energyBasis !== undefined) {
      by.set(site.energyBasis, (by.get(site.energyBasis) ?? 0) + site.energyJoules);
    }
  }
  return by;
}

/** A list in a sentence, its end counted where it is long. */
export function listText(names: readonly string[], most = 4): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
