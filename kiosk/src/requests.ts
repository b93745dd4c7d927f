/** Owns the writes of the dialogue: sent once drawn, repeated with the same key until answered. */

import { Api, Refused } from "screen/api.js";
import type { AskAnswer, AskRequest } from "./ask_screens.js";
import type { Candidate, CheckedIn } from "./market.js";
import type { Dialogue, Event, Request, Way } from "./screens.js";

const RETRY_MS = 1500;
/** The server's word for "a moment, please". */
const BUSY = "market_busy";

/** Follows the dialogue: starts what it asks for, and lets go of what it no longer wants. */
export class Requests {
  private following: string | null = null;
  private ringing: string | null = null;

  constructor(
    private readonly api: Api,
    private readonly tell: (event: Event) => void,
  ) {}

  follow(dialogue: Dialogue): void {
    const request = dialogue.request;
    if (request === null) this.following = null;
    else if (request.key !== this.following) {
      this.following = request.key;
      void this.send(request);
    }
    if (dialogue.bell === null) this.ringing = null;
    else if (dialogue.bell !== this.ringing) {
      this.ringing = dialogue.bell;
      void this.ring(dialogue.bell);
    }
  }

  private async send(request: Request): Promise<void> {
    while (this.following === request.key) {
      try {
        const answer = await this.ask(request);
        this.tell({ type: "health_told", isAway: false });
        this.tell(answer);
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (!error.isAway && error.code !== BUSY) {
          this.tell({ type: "refused", key: request.key, code: error.code, message: error.message });
          return;
        }
        this.tell({ type: "health_told", isAway: error.isAway });
        await pause(RETRY_MS);
      }
    }
  }

  private async ask(request: Request): Promise<Event> {
    const key = request.key;
    switch (request.kind) {
      case "ask":
        return { type: "ask_answered", key, answer: await this.answerOf(request) };
      case "identify": {
        const body = { [FIELD_OF_WAY[request.way]]: request.value };
        const found = await this.api.write<{ candidates: Candidate[] }>("POST", "/api/v1/identities", body, key);
        return { type: "identified", key, candidates: found.candidates };
      }
      case "check_in": {
        const { person, service, answers } = request.form;
        const body = { identity_token: person.identity_token, service, ...answers };
        const answer = await this.api.write<CheckedIn>("POST", "/api/v1/check-ins", body, key);
        return { type: "checked_in", key, answer };
      }
      case "reprint": {
        const path = `/api/v1/tickets/${encodeURIComponent(request.ticket.code)}/reprints`;
        const job = await this.api.write<{ id: string }>("POST", path, {}, key);
        return { type: "copy_queued", key, jobId: job.id };
      }
    }
  }

  private async answerOf(request: AskRequest): Promise<AskAnswer> {
    const told = await this.api.write<unknown>("POST", request.path, request.body, request.key);
    // The shape belongs to the path, which the ask's own module chose.
    return { ask: request.ask, told } as AskAnswer;
  }

  /** Rings the desks' bell once; unheard, the screen shows the telephone numbers instead. */
  private async ring(key: string): Promise<void> {
    let isHeard = true;
    try {
      await this.api.write<unknown>("POST", "/api/v1/help", {}, key);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      isHeard = false;
    }
    this.tell({ type: "bell_answered", key, isHeard });
  }
}

const FIELD_OF_WAY: Readonly<Record<Way, string>> = {
  card: "card_token",
  id_no: "id_no",
  phone: "phone",
  scan: "card_token",
  ticket_code: "ticket_code",
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}
