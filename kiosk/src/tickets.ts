/** Owns how a dialogue ends with a ticket: from there on only the ticket is known. */

import type { CheckedIn, Ticket } from "./market.js";
import { onPaper } from "./paper.js";
import type { Dialogue } from "./screens.js";

/** Shows the ticket that a check-in led to, a worker's own or their crew's. */
export function showTicket(now: Dialogue, answer: CheckedIn, fresh: string): Dialogue {
  return onTicket(now, answer.ticket, answer.print_job?.id ?? null, fresh);
}

/** Shows one more copy of a ticket of today. */
export function showCopy(now: Dialogue, ticket: Ticket, jobId: string, fresh: string): Dialogue {
  return onTicket(now, ticket, jobId, fresh, true);
}

function onTicket(now: Dialogue, ticket: Ticket, jobId: string | null, fresh: string, isCopy = false): Dialogue {
  return { ...now, trail: [], request: null, key: fresh, screen: { kind: "ticket", ticket, isCopy, ...onPaper(now, jobId) } };
}
