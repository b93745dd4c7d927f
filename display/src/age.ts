/** Owns how old the picture may be and what the screen must say of it (screens.md 5). */

export type AgeLevel = "fresh" | "doubtful" | "old" | "too-old";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DOUBTFUL_AFTER_MS = 90 * SECOND_MS;
const OLD_AFTER_MS = 5 * MINUTE_MS;
/** Jobs that were true half an hour ago send people to work that is gone. */
const TOO_OLD_AFTER_MS = 30 * MINUTE_MS;

/** Returns what data of this age is worth. ageMs: since the server last said that it is current. */
export function ageLevel(ageMs: number): AgeLevel {
  if (ageMs > TOO_OLD_AFTER_MS) return "too-old";
  if (ageMs > OLD_AFTER_MS) return "old";
  return ageMs > DOUBTFUL_AFTER_MS ? "doubtful" : "fresh";
}

/** Returns whole minutes of age, at least one. */
export function ageMinutes(ageMs: number): number {
  return Math.max(1, Math.floor(ageMs / MINUTE_MS));
}
