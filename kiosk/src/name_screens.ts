/** Owns the screen that asks for the name, and its events. */

import { blank, type Stroke, type Writing, type WritingWay } from "./name_writing.js";
import type { Form } from "./screens.js";

export interface NameScreen {
  readonly kind: "ask_name";
  readonly form: Form;
  /** The characters that were chosen. */
  readonly chosen: string;
  readonly writing: Writing;
  /** The page of candidates; turning it is no new screen. */
  readonly sheet: number;
  readonly error: string;
}

export type NameEvent =
  | { readonly type: "name_letter_typed"; readonly letter: string }
  | { readonly type: "name_stroke_drawn"; readonly stroke: Stroke }
  | { readonly type: "name_ink_read"; readonly strokes: readonly Stroke[]; readonly read: readonly string[] }
  | { readonly type: "name_character_chosen"; readonly characters: string }
  | { readonly type: "name_dot_typed" }
  | { readonly type: "name_erased" }
  | { readonly type: "name_sheet_turned"; readonly by: 1 | -1 }
  | { readonly type: "name_way_chosen"; readonly way: WritingWay }
  | { readonly type: "name_given" }
  | { readonly type: "name_skipped" };

export function isNameEvent(event: { readonly type: string }): event is NameEvent {
  return event.type.startsWith("name_");
}

export function nameQuestion(form: Form, error = ""): NameScreen {
  return { kind: "ask_name", form, chosen: form.answers.name ?? "", writing: blank("pinyin"), sheet: 0, error };
}
