/** Owns the last board on this device, so that a screen that starts alone is not empty. */

import type { Board } from "./board.js";

const KEY = "market.board.1";

export interface Kept {
  readonly board: Board;
  /** Date.now() when the server last said that the board is current. */
  readonly confirmedAt: number;
}

/** Keeps a board; it holds no personal data. A full or forbidden store is no fault. */
export function keep(board: Board, confirmedAt: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ board, confirmedAt } satisfies Kept));
  } catch {
    return;
  }
}

/** Returns what was kept, or null. */
export function kept(): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Kept | null;
    return found !== null && Array.isArray(found.board.posts) ? found : null;
  } catch {
    return null;
  }
}
