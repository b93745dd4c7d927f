/** Owns a scanner that types: tells its bursts of keys from a person's, and keeps them from buttons. */

/** Nobody types two keys within this time on purpose; a scanner sends one each 5 to 40 ms. */
export const BURST_GAP_MS = 60;
/** As many keys in a row are no rolling fingers any more. */
const BURST_KEYS = 3;
const SHORTEST_CODE = 6;
const LONGEST_CODE = 300;
/** Keys that would press what has the focus. */
const PRESSING = new Set(["Enter", " ", "Spacebar"]);

/** Reads codes out of key presses; `step` says what becomes of each. */
export class Wedge {
  private typed = "";
  private lastAt = -Infinity;
  private keysInBurst = 0;

  /** Takes a key at a time in ms; returns a whole code, and whether anybody else may have the key. */
  step(key: string, at: number): { readonly code: string | null; readonly isOurs: boolean } {
    const isQuick = at - this.lastAt <= BURST_GAP_MS;
    this.lastAt = at;
    if (!isQuick) this.forget();
    this.keysInBurst += 1;
    const isAfterText = isQuick && this.typed.length > 0;
    if (key === "Enter" || key === "Tab") {
      const code = isQuick && this.typed.length >= SHORTEST_CODE ? this.typed : null;
      this.forget();
      return { code, isOurs: code !== null || (isAfterText && key === "Enter") };
    }
    // Shift and its like come between the characters.
    if (key.length === 1 && this.typed.length < LONGEST_CODE) this.typed += key;
    return { code: null, isOurs: isQuick && (this.keysInBurst >= BURST_KEYS || (isAfterText && PRESSING.has(key))) };
  }

  /** Tells whether a key let go of now belongs to a burst. */
  isInBurst(at: number): boolean {
    return this.keysInBurst >= BURST_KEYS && at - this.lastAt <= BURST_GAP_MS;
  }

  private forget(): void {
    this.typed = "";
    this.keysInBurst = 0;
  }
}

/** Listens before anybody else does, and tells each scanned code. */
export function listenToWedge(tell: (code: string) => void): void {
  const wedge = new Wedge();
  const swallow = (key: KeyboardEvent): void => {
    key.preventDefault();
    key.stopImmediatePropagation();
  };
  let swallowed = new Set<string>();
  window.addEventListener(
    "keydown",
    (key) => {
      // A key held down repeats as fast as a scanner types.
      if (key.repeat || key.isComposing || key.ctrlKey || key.altKey || key.metaKey) return;
      const { code, isOurs } = wedge.step(key.key, key.timeStamp);
      if (isOurs) {
        swallowed.add(key.code);
        swallow(key);
      }
      if (code !== null) tell(code);
    },
    { capture: true },
  );
  window.addEventListener(
    "keyup",
    (key) => {
      // A button is pressed by Space when it is let go of.
      if (swallowed.delete(key.code) || (PRESSING.has(key.key) && wedge.isInBurst(key.timeStamp))) swallow(key);
    },
    { capture: true },
  );
  window.addEventListener("blur", () => (swallowed = new Set()));
}
