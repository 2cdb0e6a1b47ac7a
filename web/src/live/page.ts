import { armTable } from "./arms";
import { armsInColour, Curves, metricsOf } from "./curves";
import { place } from "./dom";
import { Feed, type Link } from "./feed";
import { showHeading, showLink } from "./heading";
import { EntryList, mostEntries, showLedger } from "./ledger";
import { isOver, type LiveData, type RunStatus } from "./model";
import { rejectionTable, showRejections } from "./rejections";
import { showSitesInWords, siteTable } from "./sites";
import { showStrip } from "./strip";

/** A run as it happens. Figures come in whole statuses; each replaces the one before, and what is the same stays untouched. */
export function showLive(data: LiveData): void {
  let status: RunStatus | null = null;
  let link: Link = { state: "connecting", heard: 0 };
  let isDue = false;
  let offset = 0;

  // Ages are by the coordinator's clock, which this machine's may not agree with. A run that is over ages no more.
  const now = (): number => (status !== null && isOver(status) ? Date.parse(status.now) : Date.now() + offset);
  const curves = new Curves(data);
  const arms = armTable(() => (status === null ? [] : metricsOf(data, status)));
  const sites = siteTable(data, now);
  const rejections = rejectionTable();
  const entries = new EntryList(data);

  const show = (): void => {
    isDue = false;
    showLink(link, status, Date.now());
    if (status === null) {
      return;
    }

    place("body").hidden = false;
    place("first").hidden = true;
    showHeading(status);
    showStrip(data, status, now());
    arms.show(armsInColour(status));
    showSitesInWords(status);
    sites.show(status.sites);
    curves.show(status);
    showRejections(rejections, status);
    showLedger(status);
    entries.show();
  };

  /** However many events come, the page is drawn once a frame. */
  const changed = (): void => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(show);
    }
  };

  new Feed(data.status, data.events, {
    status(newest) {
      status = newest;
      offset = Date.parse(newest.now) - Date.now();
      changed();
    },
    entry(entry) {
      entries.add(entry);
      changed();
    },
    from() {
      return entries.next ?? (status === null ? null : Math.max(0, status.ledger.size - mostEntries));
    },
    link(newest) {
      link = newest;
      changed();
    },
  }).start();
}
