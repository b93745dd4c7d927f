/** Owns what an ask's events and answers make of the dialogue; pure, like all of it. */

import type { AskAnswer, AskEvent, AskName, Word } from "./ask_screens.js";
import type { Dialogue, Screen } from "./screens.js";
import { TOLD_S } from "./time.js";
import { open } from "./trail.js";

type Pressed = Exclude<AskEvent, { readonly type: "ask_answered" }>;

/** Returns the state after a press on a screen of the asks. */
export function pressAsk(now: Dialogue, event: Pressed, fresh: string): Dialogue {
  switch (event.type) {
    case "ask_cancel_opened": {
      const { person, ticket } = event;
      const screen: Screen = ticket === null ? { kind: "cancel_which", person } : { kind: "cancel", person, ticket };
      return open(now, screen, fresh);
    }
    case "ask_cancelled": {
      if (now.screen.kind !== "cancel") return now;
      const { person, ticket } = now.screen;
      const body = { identity_token: person.identity_token, reason: event.reason };
      return send(now, "cancel", `/api/v1/tickets/${encodeURIComponent(ticket.code)}/cancellation`, body, fresh);
    }
  }
}

/** Asks the server, with the key of the screen that was pressed; the wait has a screen of its own. */
function send(now: Dialogue, ask: AskName, path: string, body: Readonly<Record<string, unknown>>, fresh: string): Dialogue {
  const key = now.key;
  return { ...open(now, { kind: "sending", form: null }, fresh), key, request: { kind: "ask", key, ask, path, body } };
}

/** Returns the state after the server's answer. */
export function answerAsk(now: Dialogue, answer: AskAnswer, fresh: string): Dialogue {
  switch (answer.ask) {
    case "cancel":
      return tell({ ...now, trail: [] }, "cancelled", answer.told.label, fresh);
  }
}

/** Returns the state after a refusal that a worker can do something about: said, with the way back. */
export function refuseAsk(now: Dialogue, message: string, fresh: string): Dialogue {
  return tell(now, "refused", message, fresh);
}

/** Puts a screen in the place of the wait, which is nothing to go back to. */
function arrive(now: Dialogue, screen: Screen, fresh: string): Dialogue {
  return { ...now, screen, key: fresh, request: null };
}

function tell(now: Dialogue, word: Word, detail: string, fresh: string): Dialogue {
  return arrive(now, { kind: "told", word, detail, left_s: TOLD_S }, fresh);
}
