/** Owns the line of today as live tells it, and a ticket's place in it. */

import type { Change } from "screen/live.js";

export interface Post {
  readonly id: string;
  readonly trade_name: string;
  readonly employer: string;
  readonly left: number;
  readonly pay: string;
  readonly settlement: string;
  readonly work_day: string;
  readonly hours: string;
  readonly place: string;
  readonly meeting: string;
  readonly lunch: boolean;
  readonly transport: string;
  readonly is_urgent: boolean;
  /** The holder's place in the order of the post, 0 if they did not apply. */
  readonly applied: number;
}

export interface Ticket {
  readonly label: string;
  readonly series: string;
  readonly number: number;
  readonly state: string;
  readonly ahead: number;
  /** More than 1 is a crew. */
  readonly people: number;
  readonly desk_no: number | null;
  readonly market_day: string;
  readonly posts: readonly Post[];
  readonly revision: number;
  readonly server_time: string;
  /** "missed": it was given up because nobody came. */
  readonly cancel_reason?: string | null;
  /** How often the number was called again; only live tells it. */
  readonly recalls?: number;
}

/**
 * waiting: the waiting numbers of each series, such as {"A": "3,5-40"}. called: label, desk, recalls.
 * behind: of each series, numbers that came back and the number right before each, such as {"A": [[3, 5]]}.
 */
export interface LineChange extends Change {
  readonly waiting: Readonly<Record<string, string>>;
  readonly behind: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly called: readonly (readonly [string, number, number])[];
  readonly posts: boolean;
}

/** Returns the ticket as the line has it now, or null when it left the line and the server must be asked. */
export function placeInLine(ticket: Ticket, change: LineChange): Ticket | null {
  const at = { ...ticket, revision: change.to };
  const call = change.called.find(([label]) => label === ticket.label);
  if (call !== undefined) return { ...at, state: "called", desk_no: call[1], ahead: 0, recalls: call[2] };
  const ranges = parseRanges(change.waiting[ticket.series] ?? "");
  if (ranges.some(([first, last]) => first <= ticket.number && ticket.number <= last)) {
    const ahead = countAhead(ranges, change.behind[ticket.series] ?? [], ticket.number);
    return { ...at, state: "waiting", desk_no: null, ahead };
  }
  return ["waiting", "called", "no_show"].includes(ticket.state) ? null : at;
}

/** Counts who comes before a number, where some stand behind a later number than their own. */
function countAhead(ranges: readonly (readonly [number, number])[], behind: readonly (readonly [number, number])[], number: number): number {
  const own = behind.find(([back]) => back === number);
  const place = own === undefined ? number : own[1] + 1;
  const later = behind.filter(([back, before]) => back !== number && back < place && place <= before).length;
  return countBelow(ranges, place) - later - (own === undefined ? 0 : 1);
}

/** Reads "3,5-40" as [[3, 3], [5, 40]]. */
export function parseRanges(text: string): readonly (readonly [number, number])[] {
  return text
    .split(",")
    .filter((part) => part !== "")
    .map((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return [first, last] as const;
    });
}

function countBelow(ranges: readonly (readonly [number, number])[], number: number): number {
  return ranges.reduce((sum, [first, last]) => sum + Math.max(0, Math.min(last, number - 1) - first + 1), 0);
}
