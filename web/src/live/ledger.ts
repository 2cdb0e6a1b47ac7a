import { countText } from "../format";
import { element, hash, place, setContent } from "./dom";
import type { LedgerEntry, LiveData, RunStatus } from "./model";
import { entryWords } from "./entries";
import { LiveTable } from "./table";
import { clockText } from "./words";

/** Entries kept on the page; the ledger has them all. */
export const mostEntries = 15;

/** The ledger's end, and what people compare. */
export function showLedger(status: RunStatus): void {
  const { size, root, fingerprint } = status.ledger;
  setContent(place("ledger-size"), String(size), () => [countText(size)]);
  setContent(place("ledger-root"), root ?? "", () => [root === undefined ? "no entry yet" : hash(root)]);
  setContent(place("ledger-key"), fingerprint, () => [hash(fingerprint)]);
}

/** What the ledger says as it is written. */
export class EntryList {
  private entries: LedgerEntry[] = [];
  private readonly table: LiveTable<LedgerEntry>;

  constructor(data: LiveData) {
    this.table = new LiveTable<LedgerEntry>(place("entries"), "entries", () => [
      { head: "Entry", className: "index", cell: (entry) => ({ key: countText(entry.index) }) },
      { head: "Time", className: "when", cell: (entry) => ({ key: clockText(Date.parse(entry.time)) }) },
      { head: "Kind", className: "kind", cell: (entry) => ({ key: entry.kind, nodes: () => [element("code", "", entry.kind)] }) },
      { head: "What it says", className: "why", cell: (entry) => ({ key: entryWords(data, entry) }) },
    ], (entry) => String(entry.index));
  }

  /** The first entry that is not here yet; null while none is. */
  get next(): number | null {
    const newest = this.entries[0];
    return newest === undefined ? null : newest.index + 1;
  }

  add(entry: LedgerEntry): void {
    if (!this.entries.some((known) => known.index === entry.index)) {
      this.entries = [...this.entries, entry].sort((a, b) => b.index - a.index).slice(0, mostEntries);
    }
  }

  show(): void {
    place("entries-part").hidden = this.entries.length === 0;
    this.table.show(this.entries);
  }
}
