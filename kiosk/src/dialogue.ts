/** Owns the kiosk's dialogue: a pure function from a state and an event to the next state. */

import { chooseLook } from "./access.js";
import { answerRequest, identify, refuse } from "./answers.js";
import { isAskEvent } from "./ask_screens.js";
import { answerAsk, pressAsk } from "./asks.js";
import { isNameEvent } from "./name_screens.js";
import { pressName } from "./names.js";
import { tellCrew } from "./crew.js";
import { CITIZEN_NUMBER, PHONE_NUMBER, isWhole, type as typeDigit } from "./digits.js";
import type { Candidate } from "./market.js";
import { ask, giveEducation, givePhone, giveSkill, toggleTrade, withAnswers } from "./questions.js";
import type { Dialogue, Event, ScreenKind } from "./screens.js";
import { pass, tellPrint, tellPrinter } from "./time.js";
import { begunAgain, begunAnew, goBack, open } from "./trail.js";

const HELP_S = 20;
// On these screens a card that is laid down belongs to whoever stands here now.
const CARD_SCREENS: ReadonlySet<ScreenKind> = new Set<ScreenKind>([
  "attract", "reading", "id_pad", "phone_pad", "choose_person", "confirm", "not_you",
  "tickets", "notice_declined", "ticket", "stopped", "told", "case_opened", "applied", "post_list", "survey",
]);

/** Returns the state after an event; `fresh` becomes the key of a screen that is drawn anew. */
export function step(now: Dialogue, event: Event, fresh: string): Dialogue {
  return tellCrew(now, event, fresh) ?? stepAlone(now, event, fresh);
}

function stepAlone(now: Dialogue, event: Event, fresh: string): Dialogue {
  switch (event.type) {
    case "tick":
      return pass(now, fresh);
    case "stayed":
      return now.screen.kind === "leaving" ? begunAnew(now, fresh) : now;
    case "health_told":
      return now.isAway === event.isAway ? now : { ...now, isAway: event.isAway };
    case "printer_told":
      return tellPrinter(now, event.state);
    case "print_told":
      return tellPrint(now, event.jobId, event.state);
    case "card_read":
      return takesCard(now) ? identify(forCard(now, fresh), "card", event.token) : now;
    case "scanned":
      return takesCard(now) ? identify(forCard(now, fresh), event.way, event.value) : now;
    case "card_refused":
      return takesCard(now) ? stopped(forCard(now, fresh), event.code, event.message) : now;
    case "identified":
    case "checked_in":
    case "copy_queued":
      return now.request?.key === event.key ? answerRequest(now, event, fresh) : now;
    case "ask_answered":
      return now.request?.key === event.key ? answerAsk(now, event.answer, fresh) : now;
    case "refused":
      return now.request?.key === event.key ? refuse(now, event.code, event.message, fresh) : now;
    case "bell_answered":
      return answerBell(now, event.key, event.isHeard);
    default:
      return touch({ ...now, idle_s: 0 }, event, fresh);
  }
}

/** Tells whether the screen waits for the server and takes no other answer. */
export function isBusy(now: Dialogue): boolean {
  return now.request !== null;
}

function takesCard(now: Dialogue): boolean {
  if (now.screen.kind === "leaving") return false;
  return now.overlay?.kind === "still_there" || CARD_SCREENS.has(now.screen.kind);
}

/** Whoever lays a card after a ticket is somebody else; before it, the look is their own choice. */
function forCard(now: Dialogue, fresh: string): Dialogue {
  return now.screen.kind === "ticket" ? begunAnew(now, fresh) : begunAgain(now, fresh);
}

/** "重新来" is the same worker's; after a ticket the next one comes. */
function finish(now: Dialogue, fresh: string): Dialogue {
  const isSameWorker = now.screen.kind === "not_you" || now.screen.kind === "stopped";
  return isSameWorker ? begunAgain(now, fresh) : begunAnew(now, fresh);
}

function answerBell(now: Dialogue, key: string, isHeard: boolean): Dialogue {
  if (now.bell !== key || now.overlay?.kind !== "help") return now;
  return { ...now, bell: null, overlay: { ...now.overlay, bell: isHeard ? "heard" : "none" } };
}

function stopped(now: Dialogue, code: string, message: string): Dialogue {
  return { ...now, screen: { kind: "stopped", code, message } };
}

function touch(now: Dialogue, event: Event, fresh: string): Dialogue {
  // What lies under an overlay takes no answer; the way back is out of the overlay.
  const isClosing = event.type === "overlay_closed" || (event.type === "went_back" && now.overlay !== null);
  if (isClosing) return { ...now, overlay: null, bell: null };
  const chosen = chooseLook(now, event);
  if (chosen !== null) return chosen;
  if (now.overlay !== null) return now;
  switch (event.type) {
    case "touched":
      return now;
    case "help_wanted":
      return {
        ...now,
        overlay: { kind: "help", bell: "ringing", left_s: HELP_S },
        bell: fresh,
      };
    case "finished":
      return finish(now, fresh);
    case "went_back":
      return goBack(now, fresh);
    default:
      return isBusy(now) ? now : press(now, event, fresh);
  }
}

function press(now: Dialogue, event: Event, fresh: string): Dialogue {
  if (isAskEvent(event)) return event.type === "ask_answered" ? now : pressAsk(now, event, fresh);
  if (isNameEvent(event)) return pressName(now, event, fresh);
  switch (event.type) {
    case "id_pad_opened":
      return open(now, { kind: "id_pad", typed: "", error: "" }, fresh);
    case "phone_pad_opened":
      return open(now, { kind: "phone_pad", typed: "", error: "" }, fresh);
    case "digit_typed":
      return typeOn(now, (form, typed) => typeDigit(form, typed, event.digit));
    case "digit_erased":
      return typeOn(now, (_form, typed) => typed.slice(0, -1));
    case "number_given":
      return giveNumber(now, fresh);
    case "person_chosen":
      return open(now, { kind: "confirm", person: event.person, way: "phone" }, fresh);
    case "person_affirmed":
      return now.screen.kind === "confirm" ? affirm(now, now.screen.person, fresh) : now;
    case "person_denied":
      return deny(now, fresh);
    case "other_business_wanted":
      if (now.screen.kind !== "tickets") return now;
      return open(now, { kind: "service", person: now.screen.person }, fresh);
    case "copy_wanted":
      return { ...now, request: { kind: "reprint", key: now.key, ticket: event.ticket } };
    default:
      return answerQuestion(now, event, fresh);
  }
}

function answerQuestion(now: Dialogue, event: Event, fresh: string): Dialogue {
  const screen = now.screen;
  if (event.type === "service_chosen" && screen.kind === "service") {
    return ask(now, { person: screen.person, service: event.service, answers: {} }, fresh);
  }
  if (event.type === "notice_accepted" && screen.kind === "notice") {
    return ask(now, withAnswers(screen.form, { notice_version: event.version }), fresh);
  }
  if (event.type === "notice_declined") return open(now, { kind: "notice_declined" }, fresh);
  if (event.type === "education_chosen") return giveEducation(now, event.education, fresh);
  if (event.type === "skill_chosen") return giveSkill(now, event.skill, fresh);
  if (event.type === "page_turned" && "page" in screen) {
    return { ...now, screen: { ...screen, page: Math.max(0, screen.page + event.by) } };
  }
  if (screen.kind !== "ask_trades") return now;
  if (event.type === "group_opened") return { ...now, screen: { ...screen, group: event.group, page: 0 } };
  if (event.type === "groups_opened") return { ...now, screen: { ...screen, group: null, page: 0 } };
  if (event.type === "trade_toggled") return { ...now, screen: toggleTrade(screen, event.trade) };
  const hasTrades = (screen.form.answers.trades ?? []).length > 0;
  return event.type === "trades_given" && hasTrades ? ask(now, screen.form, fresh) : now;
}

function affirm(now: Dialogue, person: Candidate, fresh: string): Dialogue {
  const kind = person.tickets_today.length > 0 ? "tickets" : "service";
  return open(now, { kind, person }, fresh);
}

function deny(now: Dialogue, fresh: string): Dialogue {
  if (now.screen.kind === "confirm" && now.screen.way === "id_no") {
    return { ...now, screen: { kind: "id_pad", typed: "", error: "" }, trail: now.trail.slice(0, 1), key: fresh };
  }
  const way = now.screen.kind === "confirm" ? now.screen.way : "phone";
  return { ...now, screen: { kind: "not_you", way }, trail: [], key: fresh };
}

function typeOn(
  now: Dialogue,
  change: (form: typeof CITIZEN_NUMBER, typed: string) => string,
): Dialogue {
  const screen = now.screen;
  if (screen.kind === "id_pad") {
    return { ...now, screen: { ...screen, typed: change(CITIZEN_NUMBER, screen.typed), error: "" } };
  }
  if (screen.kind === "phone_pad" || screen.kind === "ask_phone") {
    return { ...now, screen: { ...screen, typed: change(PHONE_NUMBER, screen.typed), error: "" } };
  }
  return now;
}

function giveNumber(now: Dialogue, fresh: string): Dialogue {
  const screen = now.screen;
  if (screen.kind === "id_pad" && isWhole(CITIZEN_NUMBER, screen.typed)) {
    return identify(now, "id_no", screen.typed);
  }
  if (screen.kind === "phone_pad" && isWhole(PHONE_NUMBER, screen.typed)) {
    return identify(now, "phone", screen.typed);
  }
  return screen.kind === "ask_phone" ? givePhone(now, screen, fresh) : now;
}
