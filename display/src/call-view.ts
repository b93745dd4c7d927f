/** Owns how called numbers look: the panel beside the list, and the announcement over it. */

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { Call, Gathering } from "./board.js";
import { TEXTS } from "./texts.js";

const MISSED_SHOWN = 6;

/** Numbers of one gathering that fit; whoever is not named hears it. */
const LABELS_SHOWN = 30;

export interface Called {
  readonly calls: readonly Call[];
  readonly gatherings: readonly Gathering[];
  readonly missed: readonly string[];
  /** Whether the latest call came this moment. */
  readonly isNew: boolean;
}

export function callsPanel(called: Called): TemplateResult {
  const [first, ...others] = called.calls;
  const [gathering] = called.gatherings;
  return html`
    <aside class="calls ${gathering === undefined ? "" : "with-gathering"}" aria-live="assertive">
      <h2>${TEXTS.calling}</h2>
      ${gathering === undefined ? nothing : together(gathering, first !== undefined)}
      ${first === undefined ? nothing : now(first, called.isNew)}
      <ol class="call-others">
        ${(gathering === undefined ? others : []).map(
          (call) => html`<li data-label=${call.label}><b>${call.label}</b><span>${call.desk_no}${TEXTS.desk}</span></li>`,
        )}
      </ol>
      ${called.missed.length === 0 || gathering !== undefined ? nothing : missedStrip(called.missed)}
    </aside>
  `;
}

function now(call: Call, isNew: boolean): TemplateResult {
  return html`${keyed(
    `${call.label} ${call.called_at}`,
    html`<div class="call-now ${isNew ? "is-announced" : ""}" data-label=${call.label}>
      <p class="call-number">${call.label}</p>
      <p class="call-desk">${TEXTS.pleaseGo}<strong>${call.desk_no}</strong>${TEXTS.desk}</p>
    </div>`,
  )}`;
}

function together(gathering: Gathering, isBeside: boolean): TemplateResult {
  const shown = gathering.labels.slice(0, LABELS_SHOWN);
  const isMany = isBeside || shown.length > 12;
  return html`
    <div class="gathering ${isMany ? "is-many" : ""}" data-gathering=${gathering.id}>
      <p class="gathering-go">${TEXTS.gatherAt}<strong>${gathering.meeting_point}</strong></p>
      <ol class="gathering-labels">
        ${shown.map((label) => html`<li>${label}</li>`)}
      </ol>
    </div>
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
