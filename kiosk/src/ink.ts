/** Owns the pen: turns a finger on the writing field into strokes, and shows the line as it grows. */

import { INK_SIZE, type Stroke } from "./name_writing.js";

/** As in server/api/schemas/wishes.py. */
const MOST_POINTS = 200;
const SVG = "http://www.w3.org/2000/svg";

/** Returns a stroke as the points of an SVG polyline. */
export function pointsOf(stroke: Stroke): string {
  return stroke.map(([x, y]) => `${x},${y}`).join(" ");
}

/** Follows one finger that has touched `field` until it is lifted; then tells the stroke. */
export function follow(field: SVGSVGElement, down: PointerEvent, tell: (stroke: Stroke) => void): void {
  if (!down.isPrimary || down.button !== 0) return;
  const line = document.createElementNS(SVG, "polyline");
  line.setAttribute("class", "ink-line");
  field.append(line);
  const points: [number, number][] = [];
  const add = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId || points.length >= MOST_POINTS) return;
    points.push(place(field, event));
    line.setAttribute("points", pointsOf(points));
  };
  const end = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    listening.abort();
    line.remove();
    if (event.type === "pointerup") tell(points);
  };
  const listening = new AbortController();
  const { signal } = listening;
  field.setPointerCapture(down.pointerId);
  field.addEventListener("pointermove", add, { signal });
  field.addEventListener("pointerup", end, { signal });
  field.addEventListener("pointercancel", end, { signal });
  add(down);
}

function place(field: SVGSVGElement, event: PointerEvent): [number, number] {
  const { left, top, width, height } = field.getBoundingClientRect();
  const within = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * INK_SIZE);
  return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
}
