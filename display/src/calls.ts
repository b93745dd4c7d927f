/** Owns the called numbers: which are shown, and which are announced over everything else. */

import type { Call, Gathering } from "./board.js";

/** The panel goes when nobody was called for this long. */
const PANEL_FOR_MS = 3 * 60_000;
const CALL_FOR_MS = 10 * 60_000;
const CALLS_SHOWN = 3;
/** Long enough to look up, find the number and read it twice. */
export const ANNOUNCE_FOR_MS = 9_000;

/** Returns the calls for the panel, latest first; none when the last one is a while ago. */
export function activeCalls(calls: readonly Call[], nowMs: number): readonly Call[] {
  const latest = calls[0];
  if (latest === undefined || nowMs - Date.parse(latest.called_at) > PANEL_FOR_MS) return [];
  return calls.filter((call) => nowMs - Date.parse(call.called_at) <= CALL_FOR_MS).slice(0, CALLS_SHOWN);
}

/** Returns who is called to a meeting point now, latest first. */
export function activeGatherings(gatherings: readonly Gathering[], nowMs: number): readonly Gathering[] {
  return gatherings.filter((one) => nowMs - Date.parse(one.called_at) <= CALL_FOR_MS);
}

/** Announces what is called: a first call lights up, a repeated one covers the list for its time. */
export class Announcements {
  /** When each call of the board came, by performance.now(); long ago for those before the screen came on. */
  private arrivals: ReadonlyMap<string, number> | null = null;
  private repeated: readonly Call[] = [];
  private until = 0;

  /** Takes in the calls of a board. */
  push(calls: readonly Call[], nowMs: number): void {
    const known = this.arrivals;
    this.arrivals = new Map(calls.map((call) => [keyOf(call), known?.get(keyOf(call)) ?? (known === null ? -Infinity : nowMs)]));
    const fresh = known === null ? [] : calls.filter((call) => !known.has(keyOf(call)));
    const still = this.repeated.filter((call) => this.arrivals?.has(keyOf(call)));
    if (still[0] !== this.repeated[0] || still.length === 0) this.until = nowMs + ANNOUNCE_FOR_MS;
    this.repeated = [...still, ...fresh.filter((call) => call.is_recall).reverse()];
  }

  /** Tells whether a call came this moment. */
  isNew(call: Call, nowMs: number): boolean {
    return nowMs - (this.arrivals?.get(keyOf(call)) ?? -Infinity) < ANNOUNCE_FOR_MS;
  }

  /** Returns the repeated call to announce at a moment, or null; several wait for each other. */
  repeatedAt(nowMs: number): Call | null {
    while (this.repeated.length > 0 && nowMs >= this.until) {
      this.repeated = this.repeated.slice(1);
      this.until = nowMs + ANNOUNCE_FOR_MS;
    }
    return this.repeated[0] ?? null;
  }
}

function keyOf(call: Call): string {
  return `${call.label} ${call.called_at}`;
}
