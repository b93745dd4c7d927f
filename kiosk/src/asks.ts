/** Owns what an ask's events and answers make of the dialogue; pure, like all of it. */

import type { CaseKind, CaseOpened, Employment } from "./ask_market.js";
import type { AskAnswer, AskChoice, AskEvent, ScreenOf, Word } from "./ask_screens.js";
import { send } from "./ask_sending.js";
import { openCrew, pressCrew, showRoll } from "./crew.js";
import { isCrewEvent } from "./crew_screens.js";
import type { Candidate, Ticket } from "./market.js";
import { onPaper } from "./paper.js";
import { isPostAnswer } from "./post_screens.js";
import { answerPosts, findPosts, openRecords, pressPosts, register } from "./posts.js";
import { ask } from "./questions.js";
import type { Dialogue, Form, Screen } from "./screens.js";
import { TOLD_S } from "./time.js";
import { isSurveyEvent, pressSurvey } from "./survey.js";
import { isTrainingEvent, pickTraining, pressTraining } from "./training.js";
import { showTicket } from "./tickets.js";
import { open } from "./trail.js";

type Pressed = Exclude<AskEvent, { readonly type: "ask_answered" }>;

/** Returns the state after a press on a screen of the asks. */
export function pressAsk(now: Dialogue, event: Pressed, fresh: string): Dialogue {
  const screen = now.screen;
  if (isTrainingEvent(event)) return pressTraining(now, event, fresh);
  if (isSurveyEvent(event)) return pressSurvey(now, event, fresh);
  switch (event.type) {
    case "ask_menu_opened":
      return open(now, { kind: "asks", person: event.person, page: 0 }, fresh);
    case "ask_chosen":
      return screen.kind === "asks" ? choose(now, screen.person, event.choice, fresh) : now;
    case "ask_cancel_opened": {
      const { person, ticket } = event;
      return open(now, ticket === null ? { kind: "cancel_which", person } : { kind: "cancel", person, ticket }, fresh);
    }
    case "ask_cancelled": {
      if (screen.kind !== "cancel") return now;
      const body = { identity_token: screen.person.identity_token, reason: event.reason };
      const path = `/api/v1/tickets/${encodeURIComponent(screen.ticket.code)}/cancellation`;
      return send(now, { ask: "cancel", path, body }, null, fresh);
    }
    case "ask_returned":
      return screen.kind === "tickets" ? comeBack(now, screen.person, event.ticket, fresh) : now;
    case "ask_case_kind_chosen":
      return screen.kind === "case_kind" ? askWhatAbout(now, screen, event.caseKind, fresh) : now;
    case "ask_case_about_chosen":
      return screen.kind === "case_about" ? open(now, confirmCase(screen.person, screen.caseKind, event.about), fresh) : now;
    case "ask_form_affirmed":
      return screen.kind === "case_confirm" ? ask(now, screen.form, fresh) : now;
    default:
      return isCrewEvent(event) ? pressCrew(now, event, fresh) : pressPosts(now, event, fresh);
  }
}

/** Asks for a missed number to stand in line again. */
function comeBack(now: Dialogue, person: Candidate, ticket: Ticket, fresh: string): Dialogue {
  const path = `/api/v1/tickets/${encodeURIComponent(ticket.code)}/return`;
  return send(now, { ask: "come_back", path, body: { identity_token: person.identity_token } }, null, fresh);
}

function choose(now: Dialogue, person: Candidate, choice: AskChoice, fresh: string): Dialogue {
  switch (choice) {
    case "case":
      return open(now, { kind: "case_kind", person, chosen: null }, fresh);
    case "posts":
      return findPosts(now, person, fresh);
    case "records":
      return openRecords(now, person, fresh);
    case "register":
      return register(now, person, fresh);
    case "training":
      return open(now, pickTraining(person), fresh);
    case "crew":
      return openCrew(now, person, fresh);
  }
}

/** Looks for jobs that the case may be about; somebody new had none. */
function askWhatAbout(now: Dialogue, screen: ScreenOf<"case_kind">, chosen: CaseKind, fresh: string): Dialogue {
  const { person } = screen;
  if (!person.is_known) return open(now, confirmCase(person, chosen, null), fresh);
  const body = { identity_token: person.identity_token };
  const here: Dialogue = { ...now, screen: { ...screen, chosen } };
  return send(here, { ask: "case_choices", path: "/api/v1/cases/choices", body }, null, fresh);
}

function confirmCase(person: Candidate, caseKind: CaseKind, about: Employment | null): Screen {
  const form: Form = { person, service: "complaint", answers: {}, goal: { kind: "open_case", caseKind, about } };
  return { kind: "case_confirm", form, caseKind, about };
}

/** Returns the state after the server's answer. */
export function answerAsk(now: Dialogue, answer: AskAnswer, fresh: string): Dialogue {
  if (isPostAnswer(answer)) return answerPosts(now, answer, fresh);
  switch (answer.ask) {
    case "cancel":
      return tell({ ...now, trail: [] }, "cancelled", answer.told.label, fresh);
    case "come_back":
      return tell({ ...now, trail: [] }, "returned", answer.told.label, fresh);
    case "case_choices":
      return chooseJob(now, answer.told.employments, fresh);
    case "open_case":
      return showCase(now, answer.told, fresh);
    case "wish_training":
      return tell({ ...now, trail: [] }, "wished", "", fresh);
    case "answer_survey":
      return tell({ ...now, trail: [] }, "thanked", "", fresh);
    case "crew_roll":
      return showRoll(now, answer.told, fresh);
    case "check_in_crew":
      return showTicket(now, answer.told, fresh);
  }
}

function chooseJob(now: Dialogue, employments: readonly Employment[], fresh: string): Dialogue {
  const behind = now.trail.at(-1);
  if (behind?.kind !== "case_kind" || behind.chosen === null) return { ...now, request: null };
  const { person, chosen } = behind;
  if (employments.length === 0) return arrive(now, confirmCase(person, chosen, null), fresh);
  return arrive(now, { kind: "case_about", person, caseKind: chosen, employments }, fresh);
}

function showCase(now: Dialogue, opened: CaseOpened, fresh: string): Dialogue {
  return arrive({ ...now, trail: [] }, { kind: "case_opened", opened, ...onPaper(now, opened.print_job?.id ?? null) }, fresh);
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
