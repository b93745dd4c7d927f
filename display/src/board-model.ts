/**
 * Owns which rows are on the screen: pages that keep every row in its place until they are turned.
 *
 * A cycle is one walk over all posts. What is published meanwhile comes first on the next page, or
 * at once where the page has an empty line; what ends leaves an empty line, so nothing jumps.
 */

import type { Board, Row } from "./board.js";

const LEAST_DWELL_MS = 10_000;
const DWELL_PER_ROW_MS = 2_000;

export type Line =
  | { readonly kind: "post"; readonly row: Row; readonly isFull: boolean }
  | { readonly kind: "empty"; readonly key: string };

export interface Pages {
  readonly size: number;
  readonly lines: readonly Line[];
  /** Posts that this cycle has still to show, after the page on the screen. */
  readonly rest: readonly Row[];
  /** Pages of this cycle before the one on the screen. */
  readonly turned: number;
  /** Counts all turns, so that a view can tell a new page from a changed one. */
  readonly turn: number;
  /** Published since they could be put on the screen, latest first. */
  readonly news: readonly Row[];
  readonly known: ReadonlySet<string>;
  readonly placements: number;
}

/** Returns the pages of a board that has just come on. size: lines of a page, at least 1. */
export function startPages(board: Board, size: number): Pages {
  return {
    size,
    lines: linesOf(board.posts.slice(0, size), size, 0),
    rest: board.posts.slice(size),
    turned: 0,
    turn: 0,
    news: [],
    known: ids(board.posts),
    placements: board.counts.placements,
  };
}

/** Returns the pages after the board changed: rows renew, leave or wait, none moves. */
export function renewPages(pages: Pages, board: Board): Pages {
  const now = new Map(board.posts.map((row) => [row.id, row]));
  const placed = board.counts.placements - pages.placements;
  const lines = pages.lines.map((line, n) => renewLine(line, n, now, placed));
  const added = board.posts.filter((row) => !pages.known.has(row.id));
  for (const row of added.slice().reverse()) {
    const free = lines.findIndex((line) => line.kind === "empty");
    if (free < 0) break;
    lines[free] = { kind: "post", row, isFull: false };
  }
  const shown = new Set(lines.flatMap((line) => (line.kind === "post" ? [line.row.id] : [])));
  const waiting = added.filter((row) => !shown.has(row.id));
  return {
    ...pages,
    lines,
    rest: [...waiting, ...current(pages.rest, now)],
    news: [...waiting, ...current(pages.news, now)],
    known: ids(board.posts),
    placements: board.counts.placements,
  };
}

/** Returns the next page; after the last one a new cycle begins in the board's own order. */
export function turnPage(pages: Pages, board: Board): Pages {
  const isOver = pages.rest.length === 0;
  const coming = isOver ? board.posts : pages.rest;
  const turn = pages.turn + 1;
  const shown = coming.slice(0, pages.size);
  const shownIds = ids(shown);
  return {
    ...pages,
    lines: linesOf(shown, pages.size, turn),
    rest: coming.slice(pages.size),
    turned: isOver ? 0 : pages.turned + 1,
    turn,
    news: pages.news.filter((row) => !shownIds.has(row.id)),
  };
}

/** Milliseconds that a page stays: time to read every row, and never less than ten seconds. */
export function dwellMs(size: number): number {
  return Math.max(LEAST_DWELL_MS, DWELL_PER_ROW_MS * size);
}

/** Pages of the cycle as it stands, and which of them is on the screen, from 1. */
export function pageCount(pages: Pages): { readonly page: number; readonly of: number } {
  const page = pages.turned + 1;
  return { page, of: page + Math.ceil(pages.rest.length / pages.size) };
}

function renewLine(line: Line, n: number, now: ReadonlyMap<string, Row>, placed: number): Line {
  if (line.kind === "empty") return line;
  const row = now.get(line.row.id);
  if (row !== undefined) return { kind: "post", row, isFull: false };
  // The last places went to as many people as were placed: the post is full, not withdrawn.
  if (!line.isFull && placed > 0 && line.row.left <= placed) return { ...line, isFull: true };
  return line.isFull ? line : { kind: "empty", key: `gone-${n}-${line.row.id}` };
}

function linesOf(rows: readonly Row[], size: number, turn: number): Line[] {
  const posts = rows.map((row): Line => ({ kind: "post", row, isFull: false }));
  const left = Array.from({ length: size - posts.length }, (_, n): Line => ({ kind: "empty", key: `${turn}-${n}` }));
  return [...posts, ...left];
}

function current(rows: readonly Row[], now: ReadonlyMap<string, Row>): Row[] {
  return rows.flatMap((row) => now.get(row.id) ?? []);
}

function ids(rows: readonly Row[]): Set<string> {
  return new Set(rows.map((row) => row.id));
}
