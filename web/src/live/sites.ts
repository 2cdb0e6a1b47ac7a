import { countText } from "../format";
import { element, place, progress, setText } from "./dom";
import type { Activity, LiveData, RunStatus, SiteStatus } from "./model";
import { LiveTable, none } from "./table";
import { agoText, counted, energyText, listText } from "./words";

const order: readonly Activity[] = ["training", "online", "enrolled", "late", "lost", "expected"];

/** What each state means, for who meets the word for the first time. */
const meanings: Readonly<Record<Activity, string>> = {
  expected: "invited, not enrolled yet",
  enrolled: "takes part",
  online: "connected, waiting for work",
  training: "has a task and works on it",
  late: "its task takes longer than the round waits",
  lost: "gives no sign of life",
};

/** Every site as a row. */
export function siteTable(data: LiveData, now: () => number): LiveTable<SiteStatus> {
  return new LiveTable<SiteStatus>(place("sites"), "sites", () => [
    { head: "Site", cell: (site) => ({ key: site.name, nodes: () => [element("span", "label", site.name)] }) },
    {
      head: "State",
      className: "state-cell",
      cell: (site) => ({
        key: site.activity,
        nodes: () => {
          const state = element("span", `state is-${site.activity}`, site.activity);
          state.title = meanings[site.activity];
          return [state];
        },
      }),
    },
    { head: "Sign of life", className: "seen", cell: (site) => (site.seen === undefined ? none : { key: agoText(now() - Date.parse(site.seen)) }) },
    {
      head: "Task",
      className: "with-bar",
      cell: (site) => (site.done === undefined ? none : {
        key: String(Math.floor(site.done * 100)),
        nodes: () => [progress(`Task of ${site.name}`, site.done ?? 0, 1, `${Math.floor((site.done ?? 0) * 100)} %`)],
      }),
    },
    {
      head: "Rows",
      isNumber: true,
      cell: (site) => (site.trainRows === undefined ? none : {
        key: `${site.trainRows}, ${site.testRows ?? 0}`,
        nodes: () => [element("span", "", countText(site.trainRows ?? 0)), element("small", "", `+ ${countText(site.testRows ?? 0)} test`)],
      }),
    },
    { head: "Updates", isNumber: true, cell: (site) => ({ key: countText(site.updates) }) },
    {
      head: "Refused",
      isNumber: true,
      cell: (site) => ({ key: countText(site.rejected), nodes: () => [site.rejected === 0 ? "0" : element("strong", "is-bad", countText(site.rejected))] }),
    },
    {
      head: "Energy",
      isNumber: true,
      cell: (site) => (site.energyBasis === undefined ? none : {
        key: `${energyText(data, site.energyJoules)}|${site.energyBasis}`,
        nodes: () => [element("span", "", energyText(data, site.energyJoules)), element("small", "", site.energyBasis ?? "")],
      }),
    },
  ], (site) => site.name);
}

/** How many sites are in which state, and who is missing. */
export function showSitesInWords(status: RunStatus): void {
  setText(place("sites-words"), sitesInWords(status.sites));
}

function sitesInWords(sites: readonly SiteStatus[]): string {
  const named = (activity: Activity): string[] => sites.filter((site) => site.activity === activity).map((site) => site.name);
  if (sites.every((site) => site.activity === "expected")) {
    return `No site has enrolled yet: ${counted(sites.length, "site")} ${sites.length === 1 ? "is" : "are"} expected. Each joins with the line that was printed for it when the coordinator started.`;
  }

  const counts = order.map((activity) => ({ activity, names: named(activity) })).filter(({ names }) => names.length > 0);
  const missing = counts.filter(({ activity }) => activity === "late" || activity === "lost" || activity === "expected");
  return `${counted(sites.length, "site")}: ${listText(counts.map(({ activity, names }) => `${countText(names.length)} ${activity}`), 9)}.`
    + missing.filter(({ names }) => names.length < sites.length).map(({ activity, names }) => ` ${activity[0]?.toUpperCase() ?? ""}${activity.slice(1)}: ${listText(names)}.`).join("");
}
