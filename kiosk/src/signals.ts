/** Owns the short-lived words for this kiosk: pushed by live, fetched while live is away. */

import { Api, Refused } from "screen/api.js";
import type { Signal } from "screen/live.js";
import type { PrinterState } from "./market.js";
import type { Event } from "./screens.js";

const WAIT_S = 5;
const RETRY_MS = 1000;
// A card laid while the page of the worker before was going away still counts.
const FRESH_MS = 2500;
const PRESENT: ReadonlySet<string> = new Set(["card_read", "scanned"]);

interface DatedSignal extends Signal {
  readonly created_at: string;
}

/** Hands every signal on once, in order, whichever way it came. */
export class Signals {
  private last = 0;
  private isBeginning = false;
  private hasBegun = false;
  private isPushed = false;
  private polling = false;
  /** Pushed before it was known which words are old. */
  private readonly early: Signal[] = [];

  constructor(
    private readonly api: Api,
    private readonly tell: (event: Event) => void,
  ) {}

  /** Passes over what was said before this page was here, except a card only just laid. */
  async begin(serverNow: number): Promise<void> {
    if (this.isBeginning || this.hasBegun) return;
    this.isBeginning = true;
    const found = await this.fetch(0);
    this.isBeginning = false;
    if (found === null) return;
    const isFresh = (signal: DatedSignal): boolean =>
      PRESENT.has(signal.kind) && Date.parse(signal.created_at) >= serverNow - FRESH_MS;
    this.last = Math.max(0, ...found.map((signal) => signal.id));
    this.hasBegun = true;
    found.filter(isFresh).forEach((signal) => this.pass(signal));
    this.early.forEach((signal) => this.take(signal));
    this.early.length = 0;
    this.keepPolling();
  }

  /** Takes a signal that live pushed. */
  push(signal: Signal): void {
    if (this.hasBegun) this.take(signal);
    else this.early.push(signal);
  }

  /** Learns whether live pushes; what was said in between is fetched. */
  connected(isConnected: boolean): void {
    const wasPushed = this.isPushed;
    this.isPushed = isConnected;
    if (!this.hasBegun) return;
    if (isConnected && !wasPushed) void this.catchUp();
    this.keepPolling();
  }

  /** Looks for words that a silent line lost; call it with every snapshot. */
  check(): void {
    if (this.hasBegun && this.isPushed) void this.catchUp();
  }

  private keepPolling(): void {
    if (this.polling || this.isPushed) return;
    this.polling = true;
    void this.poll();
  }

  private async poll(): Promise<void> {
    while (!this.isPushed) {
      const found = await this.fetch(WAIT_S);
      if (found === null) await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
      else found.forEach((signal) => this.take(signal));
    }
    this.polling = false;
  }

  private async catchUp(): Promise<void> {
    (await this.fetch(0))?.forEach((signal) => this.take(signal));
  }

  private async fetch(waitS: number): Promise<DatedSignal[] | null> {
    try {
      const path = `/api/v1/signals?after=${this.last}&wait=${waitS}`;
      return (await this.api.get<{ signals: DatedSignal[] }>(path)).body?.signals ?? [];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return null;
    }
  }

  private take(signal: Signal): void {
    if (signal.id <= this.last) return;
    this.last = signal.id;
    this.pass(signal);
  }

  private pass(signal: Signal): void {
    const event = eventOf(signal);
    if (event !== null) this.tell(event);
  }
}

/** Returns what a signal means for the dialogue, or null for one that means nothing here. */
export function eventOf(signal: Signal): Event | null {
  const word = (name: string): string => String(signal.body[name] ?? "");
  switch (signal.kind) {
    case "card_read":
      return { type: "card_read", token: word("token") };
    case "scanned":
      return { type: "scanned", way: "scan", value: word("identity_token") };
    case "scan_refused":
    case "card_refused":
      return { type: "card_refused", code: word("code"), message: word("message") };
    case "print":
      return { type: "print_told", jobId: word("job_id"), state: word("state") };
    case "printer":
      return { type: "printer_told", state: word("state") as PrinterState };
    default:
      return null;
  }
}
