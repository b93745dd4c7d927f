/** Owns the anonymous questionnaire: one question a screen, nobody behind the answers. */

import type { ScreenOf } from "./ask_screens.js";
import { send } from "./ask_sending.js";
import type { Dialogue } from "./screens.js";
import { open } from "./trail.js";

/** The questionnaire in force, as the snapshot brings it. */
export interface Survey {
  readonly version: string;
  readonly questions: readonly SurveyQuestion[];
}

export interface SurveyQuestion {
  readonly code: string;
  readonly text: string;
  readonly choices: readonly { readonly code: string; readonly name: string; readonly icon: string }[];
}

export interface SurveyScreen {
  readonly kind: "survey";
  readonly survey: Survey;
  readonly page: number;
  readonly answers: Readonly<Record<string, string | null>>;
}

export type SurveyEvent =
  | { readonly type: "ask_survey_opened"; readonly survey: Survey }
  | { readonly type: "ask_survey_answered"; readonly choice: string | null };

export function isSurveyEvent(event: { readonly type: string }): event is SurveyEvent {
  return event.type.startsWith("ask_survey_");
}

/** Returns the state after the questionnaire is opened or a question answered; null: would not say. */
export function pressSurvey(now: Dialogue, event: SurveyEvent, fresh: string): Dialogue {
  if (event.type === "ask_survey_opened") {
    return open(now, { kind: "survey", survey: event.survey, page: 0, answers: {} }, fresh);
  }
  return now.screen.kind === "survey" ? take(now, now.screen, event.choice, fresh) : now;
}

function take(now: Dialogue, screen: ScreenOf<"survey">, choice: string | null, fresh: string): Dialogue {
  const { survey, page } = screen;
  const question = survey.questions[page];
  if (question === undefined) return now;
  const answers = { ...screen.answers, [question.code]: choice };
  if (page + 1 < survey.questions.length) return open(now, { ...screen, page: page + 1, answers }, fresh);
  const body = { version: survey.version, answers };
  return send(now, { ask: "answer_survey", path: "/api/v1/survey-answers", body }, null, fresh);
}
