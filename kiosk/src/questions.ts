/** Owns the questions of a first visit: what is still missing, and what an answer leads to. */

import { sendForm } from "./ask_sending.js";
import { PHONE_NUMBER, isWhole } from "./digits.js";
import type { Answers, Need } from "./market.js";
import type { Dialogue, Form, Screen } from "./screens.js";
import { texts } from "./texts.js";
import { open } from "./trail.js";

export const MAX_TRADES = 6;

/** Returns a form with more answers. */
export function withAnswers(form: Form, more: Answers): Form {
  return { ...form, answers: { ...form.answers, ...more } };
}

/** Opens the next question that is not answered, or asks the server for the number. */
export function ask(now: Dialogue, form: Form, fresh: string): Dialogue {
  const missing = form.person.needs.find((need) => isNeeded(form, need) && !isAnswered(form.answers, need));
  if (missing !== undefined) return open(now, questionOf(missing, form), fresh);
  if (form.goal !== undefined) return sendForm(now, form, form.goal, fresh);
  const key = now.key;
  return { ...open(now, { kind: "taking_number", form }, fresh), key, request: { kind: "check_in", key, form } };
}

// Somebody who comes to ask or to complain is not questioned about their trade.
const FOR_WORK: ReadonlySet<Need> = new Set<Need>(["trades", "education", "skill"]);

function isNeeded(form: Form, need: Need): boolean {
  // Looking around saves nothing, so it asks for nothing but the trades.
  if (form.goal?.kind === "find_posts") return need === "trades";
  return form.service === "find_work" || !FOR_WORK.has(need);
}

function isAnswered(answers: Answers, need: Need): boolean {
  const answered: Record<Need, boolean> = {
    privacy: answers.notice_version !== undefined,
    phone: answers.phone !== undefined,
    trades: answers.trades !== undefined,
    education: answers.education !== undefined,
    skill: answers.skill !== undefined,
  };
  return answered[need];
}

/** Returns the screen that asks for a need. */
export function questionOf(need: Need, form: Form): Screen {
  switch (need) {
    case "privacy":
      return { kind: "notice", form, page: 0 };
    case "phone":
      return { kind: "ask_phone", form, typed: "", error: "" };
    case "trades":
      return { kind: "ask_trades", form, group: null, page: 0 };
    case "education":
      return { kind: "ask_education", form, page: 0 };
    case "skill":
      return { kind: "ask_skill", form };
  }
}

type PhoneScreen = Extract<Screen, { kind: "ask_phone" }>;
type TradesScreen = Extract<Screen, { kind: "ask_trades" }>;

/** Takes the phone number; a number that is none keeps what was typed. */
export function givePhone(now: Dialogue, screen: PhoneScreen, fresh: string): Dialogue {
  if (!isWhole(PHONE_NUMBER, screen.typed)) return now;
  // Mobile numbers of the mainland: 1, then 3 to 9 (numbering plan of YD/T 3447).
  if (!/^1[3-9]/.test(screen.typed)) return { ...now, screen: { ...screen, error: texts.pad.phoneWrong } };
  return ask(now, withAnswers(screen.form, { phone: screen.typed }), fresh);
}

/** Adds or removes a trade; a seventh is not added. */
export function toggleTrade(screen: TradesScreen, trade: string): TradesScreen {
  const chosen = screen.form.answers.trades ?? [];
  const trades = chosen.includes(trade)
    ? chosen.filter((one) => one !== trade)
    : [...chosen, trade].slice(0, MAX_TRADES);
  return { ...screen, form: withAnswers(screen.form, { trades }) };
}

export function giveEducation(now: Dialogue, education: string, fresh: string): Dialogue {
  if (now.screen.kind !== "ask_education") return now;
  return ask(now, withAnswers(now.screen.form, { education }), fresh);
}

export function giveSkill(now: Dialogue, skill: string, fresh: string): Dialogue {
  if (now.screen.kind !== "ask_skill") return now;
  return ask(now, withAnswers(now.screen.form, { skill }), fresh);
}
