/** Owns the small pieces every screen is drawn with: icons, headings, buttons. */

import { html, nothing, svg, type TemplateResult } from "lit-html";
import type { ServerClock } from "./clock.js";
import type { Demo } from "./demo.js";
import type { Snapshot } from "./market.js";
import type { Dialogue, Event } from "./screens.js";
import type { Voice } from "./voice.js";

/** What a screen is drawn from. */
export interface Parts {
  readonly dialogue: Dialogue;
  readonly snapshot: Snapshot;
  readonly clock: ServerClock;
  readonly demo: Demo;
  readonly voice: Voice;
  readonly tell: (event: Event) => void;
}

/** Draws a picture of templates/kiosk/icons by its name. */
export function icon(name: string, role = ""): TemplateResult {
  return html`<svg class="icon ${role}" viewBox="0 0 64 64" aria-hidden="true">${svg`<use href="#i-${name}"></use>`}</svg>`;
}

/** Draws the question of a screen; it takes the focus, so that it is read aloud first. */
export function heading(title: string, hint = ""): TemplateResult {
  return html`<h1 class="title" tabindex="-1" data-focus>${title}</h1>
    ${hint === "" ? nothing : html`<p class="hint">${hint}</p>`}`;
}

export interface ButtonLook {
  readonly label: string;
  readonly icon?: string;
  /** A second, smaller line. */
  readonly hint?: string;
  /** Class names by role. */
  readonly role?: string;
  readonly isOff?: boolean;
}

/** Draws a button that tells `event` when it is pressed. */
export function button(parts: Parts, look: ButtonLook, event: Event): TemplateResult {
  return html`<button class="choice ${look.role ?? ""}" ?disabled=${look.isOff === true} @press=${() => parts.tell(event)}>
    ${look.icon === undefined ? nothing : icon(look.icon)}
    <span class="words"
      ><span class="label">${look.label}</span>${
        look.hint === undefined ? nothing : html`<span class="small">${look.hint}</span>`
      }</span
    >
  </button>`;
}

/** Breaks a sentence of two parts after the first, where a reader would pause. */
export function twoLines(text: string): string {
  return text.replace(/[，。；](?=.)/, (pause) => `${pause}\n`);
}

/** Draws a note with a sign, so that its colour is not all that it says. */
export function note(text: string, role = ""): TemplateResult {
  return html`<p class="note ${role}">${icon("warning")}<span>${text}</span></p>`;
}

/** Draws that nobody is at the desks yet; a number can be taken all the same. */
export function deskClosed(text: string): TemplateResult {
  return html`<p class="desk-closed">${icon("clock")}<span>${text}</span></p>`;
}
