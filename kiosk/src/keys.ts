/** Owns a keyboard or a keypad at the kiosk: digits type or choose, 0 reads the choices out. */

import { choicesOn } from "./choices.js";
import type { Dialogue, Event } from "./screens.js";

const PADS = new Set(["id_pad", "phone_pad", "ask_phone"]);

export interface Listener {
  readonly dialogue: () => Dialogue;
  readonly tell: (event: Event) => void;
  /** Somebody wants to hear the screen once more. */
  readonly sayAgain: () => void;
}

/** Lets keys type on the number pads, choose everywhere else, go back and call for help. */
export function listenToKeys(root: HTMLElement, listener: Listener): void {
  document.addEventListener("keydown", (key) => {
    if (key.repeat || key.ctrlKey || key.altKey || key.metaKey) return;
    const now = listener.dialogue();
    const event = eventOfKey(key.key, now.overlay === null && PADS.has(now.screen.kind));
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
