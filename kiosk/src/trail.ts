/** Owns the way through the screens: beginning, going on, going back, forgetting. */

import { PLAIN_LOOK } from "./access.js";
import type { PrinterState } from "./market.js";
import type { Dialogue, Screen, ScreenKind } from "./screens.js";

/** Returns the dialogue that nobody has begun. */
export function begin(key: string, printer: PrinterState = "unknown"): Dialogue {
  return {
    screen: { kind: "attract" },
    trail: [],
    key,
    request: null,
    bell: null,
    overlay: null,
    look: PLAIN_LOOK,
    idle_s: 0,
    isAway: false,
    printer,
    results: {},
  };
}

/** Forgets the worker; what is known of the machine stays. */
export function begunAnew(now: Dialogue, fresh: string): Dialogue {
  return { ...begin(fresh, now.printer), isAway: now.isAway, results: now.results };
}

/** Begins anew for the same worker: what they answered is forgotten, what they can read is not. */
export function begunAgain(now: Dialogue, fresh: string): Dialogue {
  return { ...begunAnew(now, fresh), look: now.look };
}

/** Returns the dialogue on a new screen; a number typed to be found by is wiped. */
export function open(now: Dialogue, screen: Screen, fresh: string): Dialogue {
  return { ...now, screen, trail: [...now.trail, wiped(now.screen)], key: fresh, request: null };
}

function wiped(screen: Screen): Screen {
  return screen.kind === "id_pad" || screen.kind === "phone_pad" ? { ...screen, typed: "", error: "" } : screen;
}

const ENDS: ReadonlySet<ScreenKind> = new Set<ScreenKind>(["attract", "ticket", "case_opened", "applied", "leaving"]);

/** Tells whether there is a screen to go back to. */
export function mayGoBack(now: Dialogue): boolean {
  return !ENDS.has(now.screen.kind);
}

export function goBack(now: Dialogue, fresh: string): Dialogue {
  const screen = now.screen;
  if (!mayGoBack(now)) return now;
  if (screen.kind === "ask_trades" && screen.group !== null) {
    return { ...now, screen: { ...screen, group: null, page: 0 } };
  }
  const behind = now.trail.at(-1);
  if (behind === undefined || behind.kind === "attract") return begunAgain(now, fresh);
  return { ...now, screen: behind, trail: now.trail.slice(0, -1), key: fresh, request: null };
}
