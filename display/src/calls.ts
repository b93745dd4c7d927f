/** Owns the called numbers: which are shown, and which are announced over everything else. */

import type { Call } from "./board.js";

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

/** Announces calls one after the other, each for its full time. */
export class Announcements {
  private seen: ReadonlySet<string> | null = null;
  private queue: readonly Call[] = [];
  private until = 0;

  /** Takes in the calls of a board. What was called before the screen came on is not announced. */
  push(calls: readonly Call[], nowMs: number): void {
    const seen = this.seen;
    this.seen = new Set(calls.map(keyOf));
    if (seen === null) return;
    const fresh = calls.filter((call) => !seen.has(keyOf(call))).reverse();
    if (fresh.length === 0) return;
    if (this.queue.length === 0) this.until = nowMs + ANNOUNCE_FOR_MS;
    this.queue = [...this.queue.filter((call) => calls.some((c) => c.label === call.label)), ...fresh];
  }

  /** Returns the call to announce at a moment, or null. */
  at(nowMs: number): Call | null {
    while (this.queue.length > 0 && nowMs >= this.until) {
      this.queue = this.queue.slice(1);
      this.until = nowMs + ANNOUNCE_FOR_MS;
    }
    return this.queue[0] ?? null;
  }
}

function keyOf(call: Call): string {
  return `${call.label} ${call.called_at}`;
}
