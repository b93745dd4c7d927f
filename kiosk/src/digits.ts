/** Owns what a number pad takes: which key counts when, and how the digits are grouped. */

export interface NumberForm {
  /** Lengths of the groups on the screen. */
  readonly groups: readonly number[];
  /** Whether the last place may be an X (GB 11643-1999). */
  readonly mayEndInX: boolean;
}

export const CITIZEN_NUMBER: NumberForm = { groups: [6, 8, 4], mayEndInX: true };
export const PHONE_NUMBER: NumberForm = { groups: [3, 4, 4], mayEndInX: false };

/** Returns how many characters a whole number has. */
export function lengthOf(form: NumberForm): number {
  return form.groups.reduce((sum, group) => sum + group, 0);
}

/** Tells whether `key` ("0" to "9" or "X") may follow what is typed. */
export function mayType(form: NumberForm, typed: string, key: string): boolean {
  const length = lengthOf(form);
  if (typed.length >= length) return false;
  if (key === "X") return form.mayEndInX && typed.length === length - 1;
  return /^[0-9]$/.test(key);
}

/** Returns what is typed after `key`; a key that may not follow changes nothing. */
export function type(form: NumberForm, typed: string, key: string): string {
  return mayType(form, typed, key) ? typed + key : typed;
}

export function isWhole(form: NumberForm, typed: string): boolean {
  return typed.length === lengthOf(form);
}

/** Returns the places of a number by group: a character, or "" where nothing is typed yet. */
export function places(form: NumberForm, typed: string): string[][] {
  let at = 0;
  return form.groups.map((size) => Array.from({ length: size }, () => typed[at++] ?? ""));
}
