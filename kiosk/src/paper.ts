/** Owns what is said of a paper before the printer has told anything. */

import type { Dialogue, Paper } from "./screens.js";
import { LEAVE_AFTER_PAPER_S, LEAVE_WITHOUT_PAPER_S, hasNoPaper } from "./time.js";

interface OnPaper {
  readonly jobId: string | null;
  readonly paper: Paper;
  readonly waited_s: number;
  readonly left_s: number;
}

/** Returns what a screen says of the paper of a job that was just queued; null: none was. */
export function onPaper(now: Dialogue, jobId: string | null): OnPaper {
  const paper = firstWord(now, jobId);
  const left_s = paper === "printed" ? LEAVE_AFTER_PAPER_S : LEAVE_WITHOUT_PAPER_S;
  return { jobId, paper, waited_s: 0, left_s };
}

function firstWord(now: Dialogue, jobId: string | null): Paper {
  if (jobId === null) return "not_asked";
  const told = now.results[jobId];
  if (told !== undefined) return told;
  return hasNoPaper(now.printer) ? "missing" : "printing";
}
