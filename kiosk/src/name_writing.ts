/** Owns the ways to write a name: whatever yields characters to choose from. */

import { charactersFor, type PinyinPad } from "./name_pad.js";

/** One line of the pen: points from 0 to INK_SIZE each way, from the top left. */
export type Stroke = readonly (readonly [number, number])[];

export const INK_SIZE = 1000;

/** Places of a sheet of candidates. */
export const CANDIDATES_PER_SHEET = 8;

/** read: what the strokes may be; null until the server has said it. */
export type Writing =
  | { readonly way: "pinyin"; readonly letters: string }
  | { readonly way: "ink"; readonly strokes: readonly Stroke[]; readonly read: readonly string[] | null };

export type WritingWay = Writing["way"];

/** Nothing is begun yet. */
export function blank(way: WritingWay): Writing {
  return way === "pinyin" ? { way, letters: "" } : { way, strokes: [], read: null };
}

export function isBegun(writing: Writing): boolean {
  return writing.way === "pinyin" ? writing.letters !== "" : writing.strokes.length > 0;
}

/** Takes the last letter or stroke back. */
export function withoutLast(writing: Writing): Writing {
  if (writing.way === "pinyin") return { ...writing, letters: writing.letters.slice(0, -1) };
  return { ...writing, strokes: writing.strokes.slice(0, -1), read: null };
}

/** Returns the characters to choose from, best first. isFirst: a name begins with a surname. */
export function candidates(writing: Writing, pad: PinyinPad, isFirst: boolean): readonly string[] {
  return writing.way === "pinyin" ? charactersFor(pad, writing.letters, isFirst) : (writing.read ?? []);
}
