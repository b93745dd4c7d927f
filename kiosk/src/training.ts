/** Owns the wish to learn: up to three trades by picture, then when there is time. */

import type { ScreenOf } from "./ask_screens.js";
import type { Candidate } from "./market.js";
import { ask } from "./questions.js";
import type { Dialogue, Form, Screen } from "./screens.js";
import { open } from "./trail.js";

/** As in server/domain/training.py. */
export const MAX_WISHES = 3;

export type FreeTime = "daytime" | "evening" | "winter";

export type TrainingScreen =
  | {
      readonly kind: "training_pick";
      readonly person: Candidate;
      readonly wishes: readonly string[];
      readonly group: string | null;
      readonly page: number;
    }
  | { readonly kind: "training_when"; readonly person: Candidate; readonly wishes: readonly string[] };

export interface TrainingGoal {
  readonly kind: "wish_training";
  readonly wishes: readonly string[];
  readonly freeTime: FreeTime;
}

export type TrainingEvent =
  | { readonly type: "ask_training_group_opened"; readonly group: string | null }
  | { readonly type: "ask_training_toggled"; readonly trade: string }
  | { readonly type: "ask_training_page_turned"; readonly by: 1 | -1 }
  | { readonly type: "ask_training_picked" }
  | { readonly type: "ask_training_time_chosen"; readonly freeTime: FreeTime };

export function isTrainingEvent(event: { readonly type: string }): event is TrainingEvent {
  return event.type.startsWith("ask_training_");
}

export function pickTraining(person: Candidate): Screen {
  return { kind: "training_pick", person, wishes: [], group: null, page: 0 };
}

/** Returns the state after a press on a screen of the wish. */
export function pressTraining(now: Dialogue, event: TrainingEvent, fresh: string): Dialogue {
  const screen = now.screen;
  if (screen.kind === "training_when" && event.type === "ask_training_time_chosen") {
    const { person, wishes } = screen;
    const goal: TrainingGoal = { kind: "wish_training", wishes, freeTime: event.freeTime };
    const form: Form = { person, service: "training", answers: {}, goal };
    return ask(now, form, fresh);
  }
  return screen.kind === "training_pick" ? pick(now, screen, event, fresh) : now;
}

function pick(now: Dialogue, screen: ScreenOf<"training_pick">, event: TrainingEvent, fresh: string): Dialogue {
  const { person, wishes } = screen;
  switch (event.type) {
    case "ask_training_group_opened":
      return { ...now, screen: { ...screen, group: event.group, page: 0 } };
    case "ask_training_page_turned":
      return { ...now, screen: { ...screen, page: Math.max(0, screen.page + event.by) } };
    case "ask_training_toggled":
      return { ...now, screen: { ...screen, wishes: toggled(wishes, event.trade) } };
    case "ask_training_picked":
      return wishes.length > 0 ? open(now, { kind: "training_when", person, wishes }, fresh) : now;
    default:
      return now;
  }
}

function toggled(wishes: readonly string[], trade: string): readonly string[] {
  return wishes.includes(trade) ? wishes.filter((one) => one !== trade) : [...wishes, trade].slice(0, MAX_WISHES);
}
