/** Owns how called numbers look: the panel beside the list, and the announcement over it. */

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { Call } from "./board.js";
import { TEXTS } from "./texts.js";

const MISSED_SHOWN = 6;

/** isNew: whether the latest call came this moment. */
export function callsPanel(calls: readonly Call[], isNew: boolean, missed: readonly string[]): TemplateResult {
  const [first, ...others] = calls;
  if (first === undefined) return html``;
  return html`
    <aside class="calls" aria-live="assertive">
      <h2>${TEXTS.calling}</h2>
      ${keyed(
        `${first.label} ${first.called_at}`,
        html`<div class="call-now ${isNew ? "is-announced" : ""}" data-label=${first.label}>
          <p class="call-number">${first.label}</p>
          <p class="call-desk">${TEXTS.pleaseGo}<strong>${first.desk_no}</strong>${TEXTS.desk}</p>
        </div>`,
      )}
      <ol class="call-others">
        ${others.map(
          (call) => html`<li data-label=${call.label}><b>${call.label}</b><span>${call.desk_no}${TEXTS.desk}</span></li>`,
        )}
      </ol>
      ${missed.length === 0 ? nothing : missedStrip(missed)}
    </aside>
  `;
}

function missedStrip(missed: readonly string[]): TemplateResult {
  return html`
    <div class="missed">
      <p>${TEXTS.missedHint}</p>
      <ol>
        ${missed.slice(0, MISSED_SHOWN).map((label) => html`<li>${label}</li>`)}
      </ol>
    </div>
  `;
}

export function overlay(call: Call): TemplateResult {
  return html`${keyed(
    `${call.label} ${call.called_at}`,
    html`
      <div class="overlay" role="alert" data-label=${call.label}>
        <p class="overlay-word">${TEXTS.recalled}</p>
        <p class="overlay-number">${call.label}</p>
        <p class="overlay-desk">${TEXTS.pleaseGo}<strong>${call.desk_no}</strong>${TEXTS.desk}</p>
      </div>
    `,
  )}`;
}
