import type { LedgerEntry, RunStatus } from "./model";

/** How the page hears of the run: told by the coordinator, asking for itself, or not at all. */
export type LinkState = "connecting" | "told" | "asking" | "lost";

export interface Link {
  readonly state: LinkState;
  /** When the coordinator was last heard, in this browser's milliseconds; 0 before the first time. */
  readonly heard: number;
}

export interface Listener {
  status(status: RunStatus): void;
  entry(entry: LedgerEntry): void;
  link(link: Link): void;
  /** The first entry that is wanted; null for those to come. */
  from(): number | null;
}

/** Milliseconds between questions while nobody tells. */
export const askEvery = 3_000;

/** A coordinator that is told of nothing is silent; after so many milliseconds it is asked whether it is still there. */
const silence = 12_000;

const patience = 8_000;

const firstRetry = 3_000;

const lastRetry = 60_000;

/** The run's status as it changes: server-sent events, and questions for as long as those do not come. */
export class Feed {
  private source: EventSource | null = null;
  private heard = 0;
  private latest = 0;
  /** The ledger's size when the stream last told of it: an answer that knows more shows that the stream is dead. */
  private told = Infinity;
  private toldAt = 0;
  private failed = false;
  private isAsking = false;
  private asked = 0;
  private retryAt = 0;
  private retryAfter = firstRetry;

  constructor(private readonly statusPath: string, private readonly eventsPath: string, private readonly listener: Listener) {}

  start(): void {
    // The first answer says how long the ledger is, and with that where its newest entries begin.
    void this.ask().finally(() => this.open());
    setInterval(() => this.tick(), 1_000);
    // A machine that slept or changed networks has a stream that looks alive.
    addEventListener("online", () => void this.ask());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) {
        void this.ask();
      }
    });
  }

  private open(): void {
    this.source?.close();
    const from = this.listener.from();
    const source = new EventSource(from === null ? this.eventsPath : `${this.eventsPath}?from=${from}`);
    this.source = source;
    source.addEventListener("open", () => {
      this.retryAfter = firstRetry;
      this.hear();
    });
    source.addEventListener("status", (event) => {
      const status = parsed<RunStatus>(event);
      if (status !== null) {
        this.told = status.ledger.size;
        this.toldAt = Date.now();
        this.latest = Date.parse(status.now);
        this.listener.status(status);
        this.hear();
      }
    });
    source.addEventListener("entry", (event) => {
      const entry = parsed<LedgerEntry>(event);
      if (entry !== null) {
        this.listener.entry(entry);
        this.hear();
      }
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        // Refused: the browser leaves it at that, so it is tried again from here.
        this.source = null;
        this.retryAt = Date.now() + this.retryAfter;
        this.retryAfter = Math.min(lastRetry, this.retryAfter * 2);
      }
      void this.ask();
    });
  }

  private get isOpen(): boolean {
    return this.source?.readyState === EventSource.OPEN;
  }

  private tick(): void {
    const now = Date.now();
    if (this.source === null && this.retryAt > 0 && now >= this.retryAt) {
      this.open();
    }
    const quiet = now - Math.max(this.heard, this.asked);
    if (quiet >= (this.isOpen && !this.failed ? silence : askEvery)) {
      void this.ask();
    }
    this.show();
  }

  private async ask(): Promise<void> {
    if (this.isAsking) {
      return;
    }

    this.isAsking = true;
    this.asked = Date.now();
    try {
      const answer = await fetch(this.statusPath, { cache: "no-store", signal: AbortSignal.timeout(patience) });
      if (!answer.ok) {
        throw new Error(`${answer.status}`);
      }

      const status = (await answer.json()) as RunStatus;
      if (Date.parse(status.now) >= this.latest) {
        this.latest = Date.parse(status.now);
        this.listener.status(status);
      }
      this.hear();
      if (this.isOpen && status.ledger.size > this.told && Date.now() - this.toldAt > silence) {
        this.open();
      }
    } catch {
      this.failed = true;
      this.show();
    } finally {
      this.isAsking = false;
    }
  }

  private hear(): void {
    this.heard = Date.now();
    this.failed = false;
    this.show();
  }

  private show(): void {
    const state: LinkState = this.failed ? "lost" : this.heard === 0 ? "connecting" : this.isOpen ? "told" : "asking";
    this.listener.link({ state, heard: this.heard });
  }
}

function parsed<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T;
  } catch {
    return null;
  }
}
