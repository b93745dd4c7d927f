/** Owns what the server's answers and refusals do to the dialogue. */

import { refuseAsk } from "./asks.js";
import { nameQuestion } from "./name_screens.js";
import { refuseMember } from "./crew.js";
import { questionOf } from "./questions.js";
import type { Dialogue, Event, Form, Request, Screen, Way } from "./screens.js";
import { texts } from "./texts.js";
import { showCopy, showTicket } from "./tickets.js";
import { open } from "./trail.js";

type Answer = Extract<Event, { type: "identified" | "checked_in" | "copy_queued" }>;

const PADS: ReadonlySet<Way> = new Set<Way>(["id_no", "phone"]);

/** Asks the server who is here; a card or ticket has a screen of its own, a pad stays. */
export function identify(now: Dialogue, way: Way, value: string): Dialogue {
  const request: Request = { kind: "identify", key: now.key, way, value };
  return PADS.has(way) ? { ...now, request } : { ...now, screen: { kind: "reading" }, request };
}

/** Returns the state after the answer to the request on its way. */
export function answerRequest(now: Dialogue, event: Answer, fresh: string): Dialogue {
  const request = now.request;
  if (event.type === "identified" && request?.kind === "identify") {
    return recognise(now, request.way, event, fresh);
  }
  if (event.type === "checked_in") return showTicket(now, event.answer, fresh);
  if (event.type === "copy_queued" && request?.kind === "reprint") {
    return showCopy(now, request.ticket, event.jobId, fresh);
  }
  return { ...now, request: null };
}

function recognise(
  now: Dialogue,
  way: Way,
  event: Extract<Event, { type: "identified" }>,
  fresh: string,
): Dialogue {
  const [first, ...others] = event.candidates;
  if (first === undefined) return refuse(now, "phone_unknown", "", fresh);
  const screen: Screen =
    others.length > 0
      ? { kind: "choose_person", candidates: event.candidates }
      : { kind: "confirm", person: first, way };
  // The screen that only says "reading" is nothing to go back to.
  return now.screen.kind === "reading"
    ? { ...now, screen, trail: [{ kind: "attract" }], key: fresh, request: null }
    : open(now, screen, fresh);
}

/** Returns the state after a refusal: back to the faulty answer if there is one, else a stop. */
export function refuse(now: Dialogue, code: string, message: string, fresh: string): Dialogue {
  const idle: Dialogue = { ...now, request: null, key: fresh };
  const screen = now.screen;
  const stops: Screen = { kind: "stopped", code, message };
  if (screen.kind === "id_pad" || screen.kind === "phone_pad") {
    if (code === "under_16") return { ...idle, screen: stops, trail: [] };
    const error = code === "phone_unknown" ? texts.pad.phoneUnknown : message;
    return { ...idle, screen: { ...screen, error } };
  }
  if (screen.kind === "crew" && !ENDS.has(code)) return refuseMember(now, screen, code, message, fresh);
  if (screen.kind === "taking_number") return refuseForm(idle, screen.form, stops);
  if (screen.kind === "sending") return refuseSending(idle, screen.form, stops, fresh);
  return { ...idle, screen: stops, trail: [] };
}

type Stop = Extract<Screen, { kind: "stopped" }>;

// After these the worker has to begin again.
const ENDS = new Set(["identity_token_expired", "too_many_requests", "device_token_invalid", "device_revoked"]);

function refuseSending(now: Dialogue, form: Form | null, stops: Stop, fresh: string): Dialogue {
  const after = form === null ? { ...now, screen: stops, trail: [] } : refuseForm(now, form, stops);
  const isQuestion = after.screen.kind !== "stopped";
  return isQuestion || ENDS.has(stops.code) ? after : refuseAsk(now, stops.message, fresh);
}

function refuseForm(now: Dialogue, form: Form, stops: Stop): Dialogue {
  if (stops.code === "phone_invalid") {
    const typed = form.answers.phone ?? "";
    return { ...now, screen: { kind: "ask_phone", form, typed, error: stops.message }, trail: now.trail.slice(0, -1) };
  }
  if (stops.code === "name_invalid" || stops.code === "name_needs_clerk") {
    return { ...now, screen: nameQuestion(form, stops.message), trail: now.trail.slice(0, -1) };
  }
  if (stops.code === "privacy_notice_outdated" || stops.code === "privacy_notice_not_accepted") {
    // A crew's notice is for everybody in it.
    if (form.goal?.kind === "check_in_crew") return { ...now, screen: { kind: "crew_notice", form, page: 0 }, trail: now.trail.slice(0, 1) };
    return { ...now, screen: questionOf("privacy", form), trail: now.trail.slice(0, 1) };
  }
  return { ...now, screen: stops, trail: [] };
}
