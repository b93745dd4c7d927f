/** Owns how a finger, a glove or a key presses a button: once, inside it, not by bouncing. */

/** A second touch within this time is the same touch, and a screen just drawn takes none. */
export const BOUNCE_MS = 400;
/** Number keys are pressed in quick turn; the same key within this time is a bouncing glove. */
export const KEY_BOUNCE_MS = 90;

/** Fired on a button that was pressed; bubbles. */
export const PRESS = "press";

/** Turns pointers and keys into PRESS events; call `drawn` when another screen appears. */
export class Touch {
  private down: { readonly id: number; readonly button: Element } | null = null;
  private lastAt = -Infinity;
  private lastButton: Element | null = null;
  private drawnAt = -Infinity;
  private timer = 0;

  constructor(private readonly root: HTMLElement, onTouch: () => void) {
    root.addEventListener("pointerdown", (event) => {
      onTouch();
      if (!event.isPrimary || event.button !== 0) return;
      const button = buttonAt(event.target);
      this.down = button === null ? null : { id: event.pointerId, button };
      button?.setAttribute("data-pressed", "");
    });
    document.addEventListener("pointerup", (event) => this.onUp(event));
    document.addEventListener("pointercancel", () => this.release());
    // Keys and assistive technology click without a pointer.
    root.addEventListener("click", (event) => {
      if (event.detail !== 0) return;
      onTouch();
      const button = buttonAt(event.target);
      if (button !== null) this.press(button);
    });
    for (const name of ["contextmenu", "dragstart", "selectstart"]) {
      document.addEventListener(name, (event) => event.preventDefault());
    }
  }

  /** Another screen is drawn: what is still under the finger must not press its buttons. */
  drawn(): void {
    this.drawnAt = performance.now();
    this.release();
    this.rest();
  }

  /** Marks the root as long as it takes no press; tests and styles may look at it. */
  private rest(): void {
    this.root.dataset["resting"] = "";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => delete this.root.dataset["resting"], BOUNCE_MS);
  }

  private onUp(event: PointerEvent): void {
    const down = this.down;
    if (down === null || event.pointerId !== down.id) return;
    this.release();
    const under = buttonAt(document.elementFromPoint(event.clientX, event.clientY));
    if (under === down.button) this.press(down.button);
  }

  private release(): void {
    this.down?.button.removeAttribute("data-pressed");
    this.down = null;
  }

  private press(button: Element): void {
    const at = performance.now();
    if (button.matches(":disabled, [aria-disabled=true]") || at - this.drawnAt < BOUNCE_MS) return;
    if (at - this.lastAt < this.bounceOf(button)) return;
    this.lastAt = at;
    this.lastButton = button;
    if (!button.hasAttribute("data-key")) this.rest();
    button.dispatchEvent(new CustomEvent(PRESS, { bubbles: true }));
  }

  private bounceOf(button: Element): number {
    if (button.hasAttribute("data-key")) return button === this.lastButton ? KEY_BOUNCE_MS : 0;
    // "好了" right after the last digit is meant.
    return this.lastButton?.hasAttribute("data-key") === true ? 0 : BOUNCE_MS;
  }
}

function buttonAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("button") : null;
}
