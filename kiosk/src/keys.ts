/** Owns a keyboard or a keypad at the kiosk: digits type or choose, 0 reads the choices out. */

import { choicesOn } from "./choices.js";
import { lettersAfter, type PinyinPad } from "./name_pad.js";
import type { NameScreen } from "./name_screens.js";
import type { Dialogue, Event } from "./screens.js";

const PADS = new Set(["id_pad", "phone_pad", "ask_phone"]);

export interface Listener {
  readonly dialogue: () => Dialogue;
  readonly tell: (event: Event) => void;
  /** Somebody wants to hear the screen once more. */
  readonly sayAgain: () => void;
  readonly pad: () => PinyinPad;
}

/** Lets keys type on the number pads, choose everywhere else, go back and call for help. */
export function listenToKeys(root: HTMLElement, listener: Listener): void {
  document.addEventListener("keydown", (key) => {
    if (key.repeat || key.ctrlKey || key.altKey || key.metaKey) return;
    const now = listener.dialogue();
    const isOpen = now.overlay === null;
    const spelt = isOpen && now.screen.kind === "ask_name" ? nameKey(key.key, now.screen, listener.pad()) : null;
    const event = spelt ?? eventOfKey(key.key, isOpen && PADS.has(now.screen.kind));
    if (event !== null) {
      key.preventDefault();
      listener.tell(event);
    } else if (choose(key.key, root, listener)) {
      key.preventDefault();
    }
  });
}

function eventOfKey(key: string, isOnPad: boolean): Event | null {
  if (key === "Escape" || key === "-") return { type: "went_back" };
  if (key === "+") return { type: "help_wanted" };
  if (!isOnPad) return null;
  if (/^[0-9xX]$/.test(key)) return { type: "digit_typed", digit: key.toUpperCase() };
  if (key === "Backspace") return { type: "digit_erased" };
  return key === "Enter" && !isOnButton() ? { type: "number_given" } : null;
}

/** Presses the choice of a key; tells whether the key was one of ours. */
function choose(key: string, root: HTMLElement, { tell, sayAgain }: Listener): boolean {
  // Enter on a focused button presses that button.
  if (!/^[0-9]$/.test(key) && (key !== "Enter" || isOnButton())) return false;
  if (key !== "Enter") tell({ type: "keys_used" });
  if (key === "0") sayAgain();
  choicesOn(root).find((one) => one.key === key || (key === "Enter" && one.button.matches(".main")))?.button.click();
  return true;
}

function isOnButton(): boolean {
  return document.activeElement instanceof HTMLButtonElement;
}

/** Letters that can follow, "." for the dot; "v" is "ü" on any keyboard. Digits choose as everywhere. */
function nameKey(key: string, { chosen, writing }: NameScreen, pad: PinyinPad): Event | null {
  const letter = key.toLowerCase().replace("v", "ü");
  if (writing.way === "pinyin" && lettersAfter(pad, writing.letters, chosen === "").has(letter)) {
    return { type: "name_letter_typed", letter };
  }
  if (key === "Backspace") return { type: "name_erased" };
  if (key === "." || key === "·") return { type: "name_dot_typed" };
  if (key === "PageDown" || key === "PageUp") return { type: "name_sheet_turned", by: key === "PageDown" ? 1 : -1 };
  return null;
}
