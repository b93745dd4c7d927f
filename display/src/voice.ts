/** Owns the calls in the hall: a chime, the number and the window twice, one call after another. */

import { Player, type Piece, type SoundState } from "screen/player.js";
import type { Call, Gathering } from "./board.js";

/** Between the two times that a call is said: long enough to look up. */
const GAP_MS = 1_500;
/** After an outage nobody is called who was called long ago; the panel still shows them. */
const FRESH_FOR_MS = 60_000;
/** When more than these wait to be said, each is said once, so that the hall does not fall behind. */
const MANY = 3;
const CHIME = "sentences/chime";

type Announced = Call | Gathering;

/** Says what is called, in the order of the calls. */
export class Voice {
  private readonly player = new Player("display");
  /** Null until the first board: what was called before the screen came on is not said. */
  private known: ReadonlySet<string> | null = null;
  private waiting: readonly Announced[] = [];
  private isSpeaking = false;

  /** What the heartbeat tells. */
  get state(): SoundState {
    return this.player.state;
  }

  /** Takes in the calls of a board, latest first. now: milliseconds of the server's clock. */
  push(calls: readonly Call[], gatherings: readonly Gathering[], now: number): void {
    const known = this.known;
    const all: readonly Announced[] = [...calls, ...gatherings];
    this.known = new Set(all.map(keyOf));
    if (known === null) return;
    const fresh = all.filter((one) => !known.has(keyOf(one)) && now - Date.parse(one.called_at) < FRESH_FOR_MS);
    this.waiting = [...this.waiting, ...fresh.slice().reverse()];
    if (!this.isSpeaking) void this.speak();
  }

  private async speak(): Promise<void> {
    this.isSpeaking = true;
    try {
      for (let call = this.waiting[0]; call !== undefined; call = this.waiting[0]) {
        this.waiting = this.waiting.slice(1);
        await this.player.play(piecesOf(call, this.waiting.length > MANY));
      }
    } finally {
      this.isSpeaking = false;
    }
  }
}

function piecesOf(call: Announced, isOnce: boolean): readonly Piece[] {
  const said = "labels" in call ? `gatherings/${call.id}` : `calls/${encodeURIComponent(call.label)}/${call.desk_no}`;
  return isOnce ? [CHIME, said] : [CHIME, said, GAP_MS, said];
}

function keyOf(call: Announced): string {
  return "labels" in call ? call.id : `${call.label} ${call.called_at}`;
}
