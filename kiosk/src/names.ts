/** Owns the question for the name: what is written, and what an answer leads to. */

import type { NameEvent, NameScreen } from "./name_screens.js";
import { blank, isBegun, withoutLast } from "./name_writing.js";
import { ask, withAnswers } from "./questions.js";
import type { Dialogue, Form, Screen } from "./screens.js";

/** As in server/domain/names.py. */
const LEAST = 2;
const MOST = 15;
const DOT = "·";
const MOST_LETTERS = 12;
/** As in server/api/schemas/wishes.py. */
const MOST_STROKES = 60;

/** Counts characters as people do: a rare one is two halves to the machine. */
export function lengthOf(name: string): number {
  return [...name].length;
}

export function mayAdd(chosen: string, more: string): boolean {
  return lengthOf(chosen) + lengthOf(more) <= MOST;
}

/** The dot of a minority name stands between two characters. */
export function mayAddDot(chosen: string): boolean {
  return chosen !== "" && !chosen.endsWith(DOT) && lengthOf(chosen) < MOST - 1;
}

export function isName(chosen: string): boolean {
  return lengthOf(chosen) >= LEAST && !chosen.endsWith(DOT);
}

/** Returns the state after a press on the screen that asks for the name. */
export function pressName(now: Dialogue, event: NameEvent, fresh: string): Dialogue {
  const screen = now.screen;
  if (screen.kind !== "ask_name") return now;
  switch (event.type) {
    case "name_given":
      return isName(screen.chosen) ? goOn(now, screen.form, screen.chosen, fresh) : now;
    case "name_skipped":
      return goOn(now, screen.form, null, fresh);
    default:
      return { ...now, screen: written(screen, event) };
  }
}

/** A skipped name is an answer too: it is not asked for again. */
function goOn(now: Dialogue, form: Form, name: string | null, fresh: string): Dialogue {
  return ask(now, withAnswers(form, { name }), fresh);
}

type Written = Exclude<NameEvent, { readonly type: "name_given" | "name_skipped" }>;

function written(screen: NameScreen, event: Written): Screen {
  const { chosen, writing } = screen;
  switch (event.type) {
    case "name_letter_typed":
      if (writing.way !== "pinyin" || writing.letters.length >= MOST_LETTERS) return screen;
      return { ...screen, writing: { ...writing, letters: writing.letters + event.letter }, sheet: 0, error: "" };
    case "name_stroke_drawn":
      if (writing.way !== "ink" || writing.strokes.length >= MOST_STROKES) return screen;
      return { ...screen, writing: { ...writing, strokes: [...writing.strokes, event.stroke] }, sheet: 0, error: "" };
    case "name_ink_read":
      // An answer to fewer strokes than there are now is late.
      if (writing.way !== "ink" || writing.strokes !== event.strokes) return screen;
      return { ...screen, writing: { ...writing, read: event.read } };
    case "name_character_chosen":
      if (!mayAdd(chosen, event.characters)) return screen;
      return { ...screen, chosen: chosen + event.characters, writing: blank(writing.way), sheet: 0, error: "" };
    case "name_dot_typed":
      return mayAddDot(chosen) ? { ...screen, chosen: chosen + DOT, error: "" } : screen;
    case "name_erased":
      return erased(screen);
    case "name_sheet_turned":
      return { ...screen, sheet: Math.max(0, screen.sheet + event.by) };
    case "name_way_chosen":
      return { ...screen, writing: blank(event.way), sheet: 0 };
  }
}

function erased(screen: NameScreen): Screen {
  if (isBegun(screen.writing)) return { ...screen, writing: withoutLast(screen.writing), sheet: 0 };
  return { ...screen, chosen: [...screen.chosen].slice(0, -1).join(""), error: "" };
}
