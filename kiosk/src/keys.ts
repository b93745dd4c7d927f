/** Owns a keyboard at the kiosk: digits, erase, enter and escape; buttons are reached by Tab. */

import { lettersAfter, type PinyinPad } from "./name_pad.js";
import { CANDIDATES_PER_SHEET, candidates } from "./name_writing.js";
import type { NameScreen } from "./name_screens.js";
import type { Dialogue, Event } from "./screens.js";

const PADS = new Set(["id_pad", "phone_pad", "ask_phone"]);

/** Lets keys type on the number pads and Escape go back. */
export function listenToKeys(dialogue: () => Dialogue, tell: (event: Event) => void, pad: () => PinyinPad): void {
  document.addEventListener("keydown", (key) => {
    const now = dialogue();
    const event = now.screen.kind === "ask_name" ? nameKey(key, now.screen, pad()) : eventOfKey(key, PADS.has(now.screen.kind));
    if (event === null || key.repeat) return;
    key.preventDefault();
    tell(event);
  });
}

function eventOfKey(key: KeyboardEvent, isOnPad: boolean): Event | null {
  if (key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.key === "Escape") return { type: "went_back" };
  if (!isOnPad) return null;
  if (/^[0-9xX]$/.test(key.key)) return { type: "digit_typed", digit: key.key.toUpperCase() };
  if (key.key === "Backspace") return { type: "digit_erased" };
  // Enter on a focused button presses that button.
  const isOnButton = document.activeElement instanceof HTMLButtonElement;
  return key.key === "Enter" && !isOnButton ? { type: "number_given" } : null;
}

/** Letters that can follow, 1 to 8 for the candidates, "." for the dot; "v" is "ü" on any keyboard. */
function nameKey(key: KeyboardEvent, screen: NameScreen, pad: PinyinPad): Event | null {
  if (key.ctrlKey || key.altKey || key.metaKey) return null;
  const { writing } = screen;
  const isFirst = screen.chosen === "";
  const letter = key.key.toLowerCase().replace("v", "ü");
  if (writing.way === "pinyin" && lettersAfter(pad, writing.letters, isFirst).has(letter)) {
    return { type: "name_letter_typed", letter };
  }
  if (/^[1-8]$/.test(key.key)) {
    const at = screen.sheet * CANDIDATES_PER_SHEET + Number(key.key) - 1;
    const characters = candidates(writing, pad, isFirst)[at];
    return characters === undefined ? null : { type: "name_character_chosen", characters };
  }
  if (key.key === "Backspace") return { type: "name_erased" };
  if (key.key === "." || key.key === "·") return { type: "name_dot_typed" };
  if (key.key === "PageDown" || key.key === "PageUp") return { type: "name_sheet_turned", by: key.key === "PageDown" ? 1 : -1 };
  if (key.key === "Escape") return { type: "went_back" };
  const isOnButton = document.activeElement instanceof HTMLButtonElement;
  return key.key === "Enter" && !isOnButton ? { type: "name_given" } : null;
}
