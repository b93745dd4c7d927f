/** Owns the way by digits: which key presses which choice of the screen, and what is said of it. */

import type { Piece } from "screen/player.js";

/** A choice that can be pressed by a key. isOn: whether it is chosen; null where it is no switch. */
export interface KeyedChoice {
  readonly key: string;
  readonly words: string;
  readonly isOn: boolean | null;
  readonly button: HTMLButtonElement;
}

const MOST_DIGITS = 9;

/**
 * Returns what keys can press: 1 to 9 for the choices in their order, Enter for what ends the
 * screen. Where a number is typed, digits belong to it and Enter is left.
 */
export function choicesOn(root: ParentNode): readonly KeyedChoice[] {
  const area = root.querySelector(".overlay") ?? root.querySelector(".stage");
  if (area === null) return [];
  const all = [...area.querySelectorAll<HTMLButtonElement>("button:not([data-key])")];
  const main = all.find((one) => one.matches(".main"));
  if (area.querySelector(".keys") !== null) return main === undefined ? [] : [choice("Enter", main)];
  const numbered = all.filter((one) => !one.disabled).slice(0, MOST_DIGITS);
  const found = numbered.map((button, at) => choice(String(at + 1), button));
  const isLeftOver = main !== undefined && !main.disabled && !numbered.includes(main);
  return isLeftOver ? [...found, choice("Enter", main)] : found;
}

function choice(key: string, button: HTMLButtonElement): KeyedChoice {
  const pressed = button.getAttribute("aria-pressed");
  const words = button.querySelector(".label")?.textContent.trim() ?? "";
  return { key, words, isOn: pressed === null ? null : pressed === "true", button };
}

/** Writes its digit on every choice, or takes it away. */
export function numberChoices(root: HTMLElement, isWanted: boolean): void {
  for (const old of root.querySelectorAll("[data-number]")) old.removeAttribute("data-number");
  if (!isWanted) return;
  for (const { key, button } of choicesOn(root)) if (key !== "Enter") button.dataset["number"] = key;
}

/** Returns what is said of a choice; words that are nobody's to hear, such as a name, have no sound. */
export function spokenChoice(one: KeyedChoice, sounds: Readonly<Record<string, string>>): readonly Piece[] {
  return [`sentences/press_${one.key.toLowerCase()}`, ...spokenWords(one.words, sounds)];
}

/** Returns what is said when a choice was switched. */
export function spokenSwitch(one: KeyedChoice, sounds: Readonly<Record<string, string>>): readonly Piece[] {
  return [...spokenWords(one.words, sounds), one.isOn === true ? "sentences/is_on" : "sentences/is_off"];
}

function spokenWords(words: string, sounds: Readonly<Record<string, string>>): readonly Piece[] {
  const sound = sounds[words];
  return sound === undefined ? [] : [`words/${sound}`];
}
