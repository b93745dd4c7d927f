/** Owns how an ask goes to the server, and the screen that waits for the answer. */

import type { AskName, Goal } from "./ask_screens.js";
import { callOfPosts } from "./post_sending.js";
import type { Dialogue, Form } from "./screens.js";
import { open } from "./trail.js";

interface Call {
  readonly ask: AskName;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks the server, with the key of the screen that was pressed; the wait has a screen of its own. */
export function send(now: Dialogue, call: Call, form: Form | null, fresh: string): Dialogue {
  const key = now.key;
  return { ...open(now, { kind: "sending", form }, fresh), key, request: { kind: "ask", key, ...call } };
}

/** Sends a form whose questions are answered. */
export function sendForm(now: Dialogue, form: Form, goal: Goal, fresh: string): Dialogue {
  const { ask, path, body } = callOf(goal);
  const asked = { identity_token: form.person.identity_token, ...form.answers, ...body };
  return send(now, { ask, path, body: asked }, form, fresh);
}

function callOf(goal: Goal): Call {
  if (goal.kind === "wish_training") {
    const body = { wishes: goal.wishes, free_time: goal.freeTime };
    return { ask: "wish_training", path: "/api/v1/training-wishes", body };
  }
  if (goal.kind === "check_in_crew") {
    const tokens = goal.members.map((member) => member.identity_token);
    return { ask: goal.kind, path: "/api/v1/crews", body: { member_tokens: tokens, members_notice: goal.notice } };
  }
  if (goal.kind !== "open_case") return callOfPosts(goal);
  const body = { kind: goal.caseKind, ...(goal.about === null ? {} : { placement_id: goal.about.placement_id }) };
  return { ask: "open_case", path: "/api/v1/cases", body };
}
