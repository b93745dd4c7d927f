/** Owns the screens, events and requests of what a worker asks for besides a number. */

import type { CancelReason, CaseKind, CaseOpened, Employment } from "./ask_market.js";
import type { CrewEvent, CrewGoal, CrewRoll, CrewScreen } from "./crew_screens.js";
import type { Candidate, CheckedIn, Ticket } from "./market.js";
import type { PostAnswers, PostEvent, PostGoal, PostScreen } from "./post_screens.js";
import type { Form, Paper, Screen } from "./screens.js";
import type { SurveyEvent, SurveyScreen } from "./survey.js";
import type { TrainingEvent, TrainingGoal, TrainingScreen } from "./training.js";

/** What a form is for, where it is not for a number. */
export type Goal =
  | CrewGoal
  | PostGoal
  | { readonly kind: "open_case"; readonly caseKind: CaseKind; readonly about: Employment | null }
  | TrainingGoal;

/** What was done, told large before the screen goes. */
export type Word = "cancelled" | "refused" | "left_post" | "registered" | "registered_before" | "wished" | "thanked" | "returned";

/** The ways to ask, as the menu offers them. */
export type AskChoice = "case" | "posts" | "records" | "register" | "training" | "crew";

/** A paper on its way; the screen goes when left_s is over. */
interface OnPaper {
  readonly jobId: string | null;
  readonly paper: Paper;
  readonly waited_s: number;
  readonly left_s: number;
}

export type AskScreen =
  | CrewScreen
  | PostScreen
  | TrainingScreen
  | SurveyScreen
  | { readonly kind: "asks"; readonly person: Candidate; readonly page: number }
  | { readonly kind: "cancel_which"; readonly person: Candidate }
  | { readonly kind: "cancel"; readonly person: Candidate; readonly ticket: Ticket }
  | { readonly kind: "case_kind"; readonly person: Candidate; readonly chosen: CaseKind | null }
  | {
      readonly kind: "case_about";
      readonly person: Candidate;
      readonly caseKind: CaseKind;
      readonly employments: readonly Employment[];
    }
  | { readonly kind: "case_confirm"; readonly form: Form; readonly caseKind: CaseKind; readonly about: Employment | null }
  | ({ readonly kind: "case_opened"; readonly opened: CaseOpened } & OnPaper)
  | { readonly kind: "sending"; readonly form: Form | null }
  | { readonly kind: "told"; readonly word: Word; readonly detail: string; readonly left_s: number };

/** What the server answers to each ask. */
export interface Answers extends PostAnswers {
  readonly cancel: Ticket;
  readonly come_back: Ticket;
  readonly case_choices: { readonly employments: readonly Employment[] };
  readonly open_case: CaseOpened;
  readonly wish_training: { readonly is_new: boolean };
  readonly answer_survey: Readonly<Record<string, never>>;
  readonly crew_roll: CrewRoll;
  readonly check_in_crew: CheckedIn;
}

export type AskName = keyof Answers;

export type AskAnswer = { [Name in AskName]: { readonly ask: Name; readonly told: Answers[Name] } }[AskName];

/** A write on its way to `path`; repeated with the same key until it is answered. */
export interface AskRequest {
  readonly kind: "ask";
  readonly key: string;
  readonly ask: AskName;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type AskEvent =
  | CrewEvent
  | PostEvent
  | TrainingEvent
  | SurveyEvent
  | { readonly type: "ask_answered"; readonly key: string; readonly answer: AskAnswer }
  | { readonly type: "ask_menu_opened"; readonly person: Candidate }
  | { readonly type: "ask_chosen"; readonly choice: AskChoice }
  | { readonly type: "ask_cancel_opened"; readonly person: Candidate; readonly ticket: Ticket | null }
  | { readonly type: "ask_cancelled"; readonly reason: CancelReason }
  | { readonly type: "ask_returned"; readonly ticket: Ticket }
  | { readonly type: "ask_case_kind_chosen"; readonly caseKind: CaseKind }
  | { readonly type: "ask_case_about_chosen"; readonly about: Employment | null }
  | { readonly type: "ask_form_affirmed" };

/** Tells whether an event is one of these, so that the rest of the dialogue need not know them. */
export function isAskEvent(event: { readonly type: string }): event is AskEvent {
  return event.type.startsWith("ask_");
}

export type ScreenOf<Kind extends Screen["kind"]> = Extract<Screen, { readonly kind: Kind }>;
