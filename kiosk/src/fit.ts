/** Owns that everything fits its panel: what is too large is drawn smaller by steps; buttons keep their millimetres. */

import { render } from "lit-html";
import type { Look } from "./access.js";
import { numberChoices } from "./choices.js";
import type { Parts } from "./parts.js";
import { drawingId, page } from "./view.js";

// The largest that fits is taken; below the last step words would be too small to read.
const STEPS = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65] as const;
const AREAS = ".rail, .stage, .overlay";
const BOXES = ".ask, .answer, .overlay, .rail";
const CONTENT = "button, p, .line, h1, ol, ul, li, svg, .who, .number, .paper, .today-row, .sentences";

/** Draws the page and sets `--fit` on each of its areas, from 1 down to the first step that fits. */
export function draw(parts: Parts, root: HTMLElement): void {
  render(page(parts), root);
  const { look } = parts.dialogue;
  numberChoices(root, look.isByKeys);
  const drawn = `${drawingId(parts.dialogue)} ${nameOf(look)} ${window.innerWidth}x${window.innerHeight}`;
  for (const area of root.querySelectorAll<HTMLElement>(AREAS)) fit(area, drawn, look);
}

function nameOf({ size, isLow }: Look): string {
  return `${size} ${isLow ? "low" : ""}`;
}

/** Another screen begins at full size; the same one, drawn again, only ever gets smaller. */
function fit(area: HTMLElement, drawn: string, look: Look): void {
  const before = area.dataset["drawn"] === drawn ? Number(area.style.getPropertyValue("--fit")) : 1;
  area.dataset["drawn"] = drawn;
  for (const step of STEPS.filter((one) => one <= before)) {
    area.style.setProperty("--fit", String(step));
    if (!isTight(area, look)) return;
  }
}

function isTight(area: HTMLElement, look: Look): boolean {
  const buttons = [...area.querySelectorAll("button")];
  const isCut = buttons.some((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  if (isCut) return true;
  if (look.isLow && buttons.some((one) => one.getBoundingClientRect().top < window.innerHeight / 2 - 1)) return true;
  return [...area.querySelectorAll(CONTENT)].some((one) => isOutside(one));
}

function isOutside(part: Element): boolean {
  const box = part.parentElement?.closest(BOXES);
  if (!box) return false;
  // What moves inside a picture is cut off by it.
  if (part.parentElement?.closest("svg")) return false;
  const inner = part.getBoundingClientRect();
  if (inner.width === 0 || inner.height === 0) return false;
  const outer = box.getBoundingClientRect();
  return inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1 || inner.left < outer.left - 1 || inner.right > outer.right + 1;
}
