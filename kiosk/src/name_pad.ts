/** Owns the pinyin pad: which letters may follow, and which characters they lead to. */

/** The characters behind the keys: GET /api/v1/names/pinyin. */
export interface PinyinPad {
  /** Characters by syllable without tone, best first. */
  readonly syllables: Readonly<Record<string, string>>;
  /** Surnames by syllable, and those of two characters by both: first for a name's beginning. */
  readonly surnames: Readonly<Record<string, readonly string[]>>;
}

/** Keys in the order of the alphabet; no syllable has a "v", and some have a "ü". */
export const LETTERS = [..."abcdefghijklmnopqrstuüwxyz"];

// Before a syllable is whole, this many of the likeliest are enough to choose from.
const GUESSES = 24;

function keysOf(pad: PinyinPad, isFirst: boolean): string[] {
  const syllables = Object.keys(pad.syllables);
  return isFirst ? [...new Set([...syllables, ...Object.keys(pad.surnames)])] : syllables;
}

function charactersOf(pad: PinyinPad, key: string, isFirst: boolean): string[] {
  const first = isFirst ? (pad.surnames[key] ?? []) : [];
  return [...new Set([...first, ...(pad.syllables[key] ?? "")])];
}

/** Returns the letters that can follow what is typed. */
export function lettersAfter(pad: PinyinPad, typed: string, isFirst: boolean): ReadonlySet<string> {
  const longer = keysOf(pad, isFirst).filter((key) => key.length > typed.length && key.startsWith(typed));
  return new Set(longer.map((key) => key[typed.length] ?? ""));
}

/** Returns what may be meant: the characters of a whole syllable, or the likeliest of a begun one. */
export function charactersFor(pad: PinyinPad, typed: string, isFirst: boolean): readonly string[] {
  if (typed === "") return [];
  const whole = charactersOf(pad, typed, isFirst);
  if (whole.length > 0) return whole;
  const begun = keysOf(pad, isFirst).filter((key) => key.startsWith(typed));
  const found = begun.map((key) => charactersOf(pad, key, isFirst));
  const ranks = Array.from({ length: GUESSES }, (_, rank) => found.flatMap((one) => one[rank] ?? []));
  return [...new Set(ranks.flat())].slice(0, GUESSES);
}
