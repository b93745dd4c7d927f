/** Owns how one post looks in its row: fixed columns, one tag, money in yellow. */

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { Row } from "./board.js";
import { payParts, TEXTS } from "./texts.js";

const FRESH_FOR_MS = 3 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const MARKET_OFFSET_MS = 8 * 60 * 60_000;

export interface RowLook {
  /** The server's time in milliseconds. */
  readonly now: number;
  readonly hasWhere: boolean;
  /** Whether the last column tells the meeting point instead of the place of work. */
  readonly showsMeeting: boolean;
  /** Whether rows for a later day say so; not where all are for the same day. */
  readonly marksDay: boolean;
}

export function cells(row: Row, look: RowLook, isFull = false): TemplateResult {
  const { amount, unit } = payParts(row.pay);
  const where = look.showsMeeting ? row.meeting : row.place;
  return html`
    <span class="trade"><span>${row.trade_name}</span>${tagOf(row, look, isFull)}</span>
    <span class="need"><b>${isFull ? row.headcount : row.left}</b>${TEXTS.people}</span>
    <span class="pay-amount">${amount}</span>
    <span class="pay-unit">${unit}</span>
    ${look.hasWhere ? keyed(look.showsMeeting, html`<span class="where">${where}</span>`) : nothing}
  `;
}

/** One tag to a row, the weightiest: full, urgent, new, another day. */
function tagOf(row: Row, look: RowLook, isFull: boolean): TemplateResult | typeof nothing {
  if (isFull) return html`<em class="tag tag-full">${TEXTS.tags.full}</em>`;
  if (row.is_urgent) return html`<em class="tag tag-urgent">${TEXTS.tags.urgent}</em>`;
  if (isFresh(row, look.now)) return html`<em class="tag tag-fresh">${TEXTS.tags.fresh}</em>`;
  const days = daysAhead(row.work_day, look.now);
  if (days <= 0 || !look.marksDay) return nothing;
  return html`<em class="tag tag-day">${days === 1 ? TEXTS.tags.tomorrow : TEXTS.tags.later}</em>`;
}

export function isFresh(row: Row, now: number): boolean {
  return now - Date.parse(row.published_at) < FRESH_FOR_MS;
}

/** Days from today to a day, both in the market's own time (UTC+8 all year). */
export function daysAhead(day: string, now: number): number {
  return Math.round(Date.parse(day) / DAY_MS) - Math.floor((now + MARKET_OFFSET_MS) / DAY_MS);
}

/** Returns the one day that all rows are for, or null. */
export function oneDay(rows: readonly Row[]): string | null {
  const day = rows[0]?.work_day ?? null;
  return rows.every((row) => row.work_day === day) ? day : null;
}
