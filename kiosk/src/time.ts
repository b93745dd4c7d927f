/** Owns what a second and a word from the printer do to the dialogue. */

import { isPlain } from "./access.js";
import type { PrinterState } from "./market.js";
import type { Dialogue, Paper, Screen, ScreenKind } from "./screens.js";
import { begunAnew } from "./trail.js";

type LeavingScreen = Extract<Screen, { readonly left_s: number }>;
type PaperScreen = Extract<LeavingScreen, { readonly paper: Paper }>;

/** Seconds until "您还在吗?"; screens with much to read, and waits for the server, have longer. */
export const IDLE_S = 45;
export const READING_IDLE_S = 90;
export const STILL_THERE_S = 20;
export const LEAVE_AFTER_PAPER_S = 10;
export const LEAVE_WITHOUT_PAPER_S = 30;
/** A screen that only tells what was done. */
export const TOLD_S = 15;
/** A ticket takes about three seconds; after this the kiosk no longer promises paper. */
export const PAPER_PATIENCE_S = 15;

const RESULTS_KEPT = 8;
const READING_SCREENS: ReadonlySet<ScreenKind> = new Set<ScreenKind>([
  "notice", "notice_declined", "case_confirm", "posts", "post", "records", "crew_notice",
]);

/** Returns the state one second later. */
export function pass(now: Dialogue, fresh: string): Dialogue {
  const overlay = now.overlay;
  if (overlay !== null) {
    const left_s = overlay.left_s - 1;
    if (left_s > 0) return { ...now, overlay: { ...overlay, left_s } };
    if (overlay.kind === "still_there") return wipedOut(now);
    return { ...now, overlay: null, bell: null };
  }
  if (now.screen.kind === "leaving") return now;
  if (now.screen.kind === "attract") return passAttract(now, fresh);
  if ("left_s" in now.screen) return passLeaving(now, now.screen, fresh);
  const idle_s = now.idle_s + 1;
  const isSlow = now.request !== null || READING_SCREENS.has(now.screen.kind);
  if (idle_s < (isSlow ? READING_IDLE_S : IDLE_S)) return { ...now, idle_s };
  return { ...now, idle_s, overlay: { kind: "still_there", left_s: STILL_THERE_S } };
}

/** A look that nobody needs any more is not the next worker's. */
function passAttract(now: Dialogue, fresh: string): Dialogue {
  if (isPlain(now.look)) return now;
  const idle_s = now.idle_s + 1;
  return idle_s < IDLE_S ? { ...now, idle_s } : begunAnew(now, fresh);
}

/** Whoever walked away leaves nothing: the page itself is replaced on this screen. */
function wipedOut(now: Dialogue): Dialogue {
  return { ...now, screen: { kind: "leaving" }, trail: [], request: null, bell: null, overlay: null };
}

function passLeaving(now: Dialogue, screen: LeavingScreen, fresh: string): Dialogue {
  const left_s = screen.left_s - 1;
  if (left_s <= 0) return begunAnew(now, fresh);
  if (!hasPaper(screen)) return { ...now, screen: { ...screen, left_s } };
  const waited_s = screen.waited_s + 1;
  if (screen.paper === "printing" && waited_s >= PAPER_PATIENCE_S) {
    return { ...now, screen: { ...screen, waited_s, paper: "late", left_s: LEAVE_WITHOUT_PAPER_S } };
  }
  return { ...now, screen: { ...screen, waited_s, left_s } };
}

function hasPaper(screen: Screen): screen is PaperScreen {
  return "paper" in screen;
}

/** Tells whether nothing can come out of the printer now. */
export function hasNoPaper(state: PrinterState): boolean {
  return state === "paper_out" || state === "cover_open" || state === "offline";
}

/** Takes the printer's state; a ticket that still waits learns that no paper comes. */
export function tellPrinter(now: Dialogue, state: PrinterState): Dialogue {
  const told = now.printer === state ? now : { ...now, printer: state };
  const screen = told.screen;
  if (!hasPaper(screen) || screen.paper !== "printing" || !hasNoPaper(state)) return told;
  return { ...told, screen: { ...screen, paper: "missing", left_s: LEAVE_WITHOUT_PAPER_S } };
}

/** Takes what became of a print job; a job not known yet is kept for the answer that names it. */
export function tellPrint(now: Dialogue, jobId: string, state: string): Dialogue {
  const paper = paperOf(state);
  const screen = now.screen;
  if (!hasPaper(screen) || screen.jobId !== jobId) {
    const kept = Object.entries({ ...now.results, [jobId]: paper }).slice(-RESULTS_KEPT);
    return { ...now, results: Object.fromEntries(kept) };
  }
  const left_s = paper === "printed" ? LEAVE_AFTER_PAPER_S : Math.max(screen.left_s, LEAVE_WITHOUT_PAPER_S);
  return { ...now, screen: { ...screen, paper, left_s } };
}

/** "queued" means given back: nothing was sent, so there is no paper yet. */
function paperOf(state: string): Paper {
  if (state === "printed") return "printed";
  return state === "uncertain" ? "uncertain" : "missing";
}
