/** Owns what cards, presses and answers make of a crew that is checking in; pure, like all of it. */

import type { AskRequest, ScreenOf } from "./ask_screens.js";
import { send } from "./ask_sending.js";
import type { CrewEvent, CrewGoal, CrewMember, CrewRoll } from "./crew_screens.js";
import type { Candidate } from "./market.js";
import { ask, withAnswers } from "./questions.js";
import type { Dialogue, Event, Form } from "./screens.js";
import { goBack, open } from "./trail.js";

type CrewList = ScreenOf<"crew">;

const ROLL = { ask: "crew_roll", path: "/api/v1/crews/roll" } as const;

/** Asks the server whether this person may lead a crew now. */
export function openCrew(now: Dialogue, person: Candidate, fresh: string): Dialogue {
  return send(now, { ...ROLL, body: { identity_token: person.identity_token } }, null, fresh);
}

/** Takes a card, a scan or a refused card on the crew's list; returns null where it is none of its. */
export function tellCrew(now: Dialogue, event: Event, fresh: string): Dialogue | null {
  const screen = now.screen;
  if (screen.kind !== "crew") return null;
  // Whoever lays a card down is there, whatever the screen had begun to ask.
  const here: Dialogue = { ...now, idle_s: 0, overlay: now.overlay?.kind === "still_there" ? null : now.overlay };
  switch (event.type) {
    case "card_read":
      return lay(here, { ...screen, laid: [...screen.laid, event.token] }, fresh);
    case "card_refused":
      return { ...here, screen: { ...screen, word: { code: event.code, message: event.message } } };
    case "scanned":
      return here;
    default:
      return null;
  }
}

/** Shows the first of the waiting cards to the server, unless it looks at one already. */
function lay(now: Dialogue, screen: CrewList, fresh: string): Dialogue {
  const [token] = screen.laid;
  if (token === undefined || now.request !== null) return { ...now, screen };
  const tokens = [...screen.members.map((member) => member.identity_token), token];
  const body = { identity_token: screen.person.identity_token, member_tokens: tokens };
  const request: AskRequest = { kind: "ask", key: fresh, ...ROLL, body };
  return { ...now, screen, key: fresh, request };
}

/** Returns the state after the roll was called: the list opens, or has one more on it. */
export function showRoll(now: Dialogue, roll: CrewRoll, fresh: string): Dialogue {
  const idle: Dialogue = { ...now, request: null, key: fresh };
  const screen = now.screen;
  const more = { members: roll.members, before: roll.people_before, word: null };
  if (screen.kind === "crew") {
    const person = { ...screen.person, identity_token: roll.leader_token };
    return lay(idle, { ...screen, ...more, person, laid: screen.laid.slice(1) }, fresh);
  }
  const behind = now.trail.at(-1);
  if (behind?.kind !== "asks") return { ...now, request: null };
  const person = { ...behind.person, identity_token: roll.leader_token };
  return { ...idle, screen: { kind: "crew", person, ...more, laid: [] } };
}

/** Returns the state after a card that may not join: the crew stays as it was. */
export function refuseMember(now: Dialogue, screen: CrewList, code: string, message: string, fresh: string): Dialogue {
  const idle: Dialogue = { ...now, request: null, key: fresh };
  return lay(idle, { ...screen, laid: screen.laid.slice(1), word: { code, message } }, fresh);
}

/** Returns the state after a press on a screen of the crew. */
export function pressCrew(now: Dialogue, event: CrewEvent, fresh: string): Dialogue {
  const screen = now.screen;
  switch (event.type) {
    case "ask_crew_finished":
      return screen.kind === "crew" && screen.members.length > 0 ? finish(now, screen, fresh) : now;
    case "ask_crew_remove_opened":
      if (screen.kind !== "crew") return now;
      return open({ ...now, screen: { ...screen, word: null } }, { kind: "crew_remove", members: screen.members, page: 0 }, fresh);
    case "ask_crew_member_removed":
      return screen.kind === "crew_remove" ? remove(now, event.member, fresh) : now;
    case "ask_crew_notice_accepted":
      return screen.kind === "crew_notice" ? accept(now, screen.form, event.version, fresh) : now;
  }
}

function finish(now: Dialogue, screen: CrewList, fresh: string): Dialogue {
  const { person, members } = screen;
  const form: Form = { person, service: "find_work", answers: {}, goal: { kind: "check_in_crew", members, notice: null } };
  const here: Dialogue = { ...now, screen: { ...screen, word: null } };
  if (members.some((member) => member.needs_notice)) return open(here, { kind: "crew_notice", form, page: 0 }, fresh);
  return ask(here, form, fresh);
}

function remove(now: Dialogue, gone: CrewMember, fresh: string): Dialogue {
  const back = goBack(now, fresh);
  if (back.screen.kind !== "crew") return back;
  const members = back.screen.members.filter((member) => member.identity_token !== gone.identity_token);
  return { ...back, screen: { ...back.screen, members } };
}

/** Everybody heard the notice, the leader too, who is not asked a second time. */
function accept(now: Dialogue, form: Form, version: string, fresh: string): Dialogue {
  if (form.goal?.kind !== "check_in_crew") return now;
  const goal: CrewGoal = { ...form.goal, notice: version };
  const told = form.person.needs.includes("privacy") ? withAnswers(form, { notice_version: version }) : form;
  return ask(now, { ...told, goal }, fresh);
}
