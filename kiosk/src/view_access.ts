/** Draws the button and the screen of the text sizes, the contrast and the low controls. */

import { html, type TemplateResult } from "lit-html";
import { SIZES, type TextSize } from "./access.js";
import { button, heading, icon, type Parts } from "./parts.js";
import type { Event } from "./screens.js";
import { texts } from "./texts.js";

/** Draws the way to the screen of choices; it is in the frame of every screen. */
export function accessButton(parts: Parts): TemplateResult {
  return button(parts, { label: texts.access.open, icon: "access", role: "quiet access" }, { type: "access_wanted" });
}

export function accessChoices(parts: Parts): TemplateResult {
  const { look } = parts.dialogue;
  const { access } = texts;
  return html`<section class="overlay access-choices" role="alertdialog" aria-label=${access.title}>
    ${heading(access.title, access.hint)}
    <div class="sizes" role="group" aria-label=${access.sizes}>${SIZES.map((size) => sizeChoice(parts, size))}</div>
    <div class="switches">
      ${choice(parts, { role: "contrast", label: access.contrast, hint: access.contrastHint, isOn: look.isHighContrast }, { type: "contrast_switched" })}
      ${choice(parts, { role: "low", label: access.low, hint: access.lowHint, isOn: look.isLow }, { type: "low_switched" })}
    </div>
    ${button(parts, { label: access.done, icon: "yes", role: "main huge" }, { type: "overlay_closed" })}
  </section>`;
}

function sizeChoice(parts: Parts, size: TextSize): TemplateResult {
  const isOn = parts.dialogue.look.size === size;
  return html`<button class="choice raised size ${isOn ? "is-on" : ""}" aria-pressed=${isOn ? "true" : "false"} @press=${() => parts.tell({ type: "size_chosen", size })}>
    <span class="letter ${size}" aria-hidden="true">字</span><span class="label">${texts.access.size[size]}</span>
    <span class="mark-on" aria-hidden="true">${isOn ? icon("yes") : ""}</span>
  </button>`;
}

interface Switch {
  readonly role: "contrast" | "low";
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
}

function choice(parts: Parts, { role, label, hint, isOn }: Switch, event: Event): TemplateResult {
  return html`<button class="choice raised switch ${isOn ? "is-on" : ""}" aria-pressed=${isOn ? "true" : "false"} @press=${() => parts.tell(event)}>
    ${icon(role)}<span class="words"><span class="label">${label}</span><span class="small">${hint}</span></span>
    <span class="mark-on" aria-hidden="true">${isOn ? icon("yes") : ""}</span>
  </button>`;
}
