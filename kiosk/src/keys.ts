/** Owns a keyboard at the kiosk: digits, erase, enter and escape; buttons are reached by Tab. */

import type { Dialogue, Event } from "./screens.js";

const PADS = new Set(["id_pad", "phone_pad", "ask_phone"]);

/** Lets keys type on the number pads and Escape go back. */
export function listenToKeys(dialogue: () => Dialogue, tell: (event: Event) => void): void {
  document.addEventListener("keydown", (key) => {
    const event = eventOfKey(key, PADS.has(dialogue().screen.kind));
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
