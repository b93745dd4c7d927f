/** Owns the shape of the board as the server tells it, and how a change turns into the next board. */

import type { Change } from "screen/live.js";

export interface Row {
  readonly id: string;
  readonly trade_name: string;
  readonly headcount: number;
  readonly left: number;
  /** Such as "日薪180元" or "每块3元". */
  readonly pay: string;
  readonly pay_fen: number;
  readonly work_day: string;
  readonly place: string;
  readonly meeting: string;
  readonly is_urgent: boolean;
  readonly published_at: string;
}

export interface Call {
  readonly label: string;
  readonly desk_no: number;
  readonly called_at: string;
  readonly is_recall: boolean;
}

/** Numbers that were asked to a meeting point together. */
export interface Gathering {
  readonly id: string;
  readonly labels: readonly string[];
  readonly meeting_point: string;
  readonly called_at: string;
}

export interface Counts {
  readonly market_day: string;
  readonly open_headcount: number;
  readonly open_posts: number;
  readonly visits: number;
  readonly placements: number;
  readonly waiting: number;
}

export interface Market {
  readonly name: string;
  readonly hotline: string;
  readonly complaint_line: string;
}

export interface Board {
  readonly revision: number;
  readonly server_time: string;
  readonly market: Market;
  readonly posts: readonly Row[];
  readonly calls: readonly Call[];
  readonly missed: readonly string[];
  readonly counts: Counts;
  readonly gatherings?: readonly Gathering[];
}

/** What live says; parts that did not change are left out. */
export interface BoardChange extends Change {
  readonly posts?: readonly Row[];
  readonly removed?: readonly string[];
  readonly order?: readonly string[];
  readonly calls?: readonly Call[];
  readonly missed?: readonly string[];
  readonly counts?: Counts;
  readonly gatherings?: readonly Gathering[];
}

/** Returns the board after a change, or null when the change names a row that is not known. */
export function applyChange(board: Board, change: BoardChange): Board | null {
  const rows = new Map(board.posts.map((row) => [row.id, row]));
  for (const row of change.posts ?? []) rows.set(row.id, row);
  for (const id of change.removed ?? []) rows.delete(id);
  const posts: Row[] = [];
  for (const id of change.order ?? [...rows.keys()]) {
    const row = rows.get(id);
    if (row === undefined) return null;
    posts.push(row);
  }
  return {
    ...board,
    revision: change.to,
    posts,
    calls: change.calls ?? board.calls,
    missed: change.missed ?? board.missed,
    counts: change.counts ?? board.counts,
    gatherings: change.gatherings ?? board.gatherings ?? [],
  };
}
