/** Draws who the worker is, and what they came for. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Candidate } from "./market.js";
import { button, heading, note, type Parts } from "./parts.js";
import type { Screen } from "./screens.js";
import { texts } from "./texts.js";
import { menuEntry } from "./view_asks.js";

export function choosePerson(parts: Parts, screen: Extract<Screen, { kind: "choose_person" }>): TemplateResult {
  return html`<section class="ask">${heading(texts.person.chooseTitle)}</section>
    <section class="answer">
      <div class="column">
        ${screen.candidates.map((person) => personButton(parts, person))}
        ${button(parts, { label: texts.person.chooseNone, icon: "no", role: "plain" }, { type: "person_denied" })}
      </div>
    </section>`;
}

function personButton(parts: Parts, person: Candidate): TemplateResult {
  const look = { label: person.masked_name ?? person.masked_id, role: "raised", ...(person.masked_name === null ? {} : { hint: person.masked_id }) };
  return button(parts, look, { type: "person_chosen", person });
}

export function confirm(parts: Parts, screen: Extract<Screen, { kind: "confirm" }>): TemplateResult {
  const { person } = screen;
  return html`<section class="ask">
      ${person.masked_name === null ? numberQuestion(person) : nameQuestion(person.masked_name)}
      ${person.warnings.map((warning) => note(warning.code === "card_expired" ? texts.person.cardExpired : warning.message))}
    </section>
    <section class="answer">
      <div class="yes-no">
        ${button(parts, { label: texts.person.yes, icon: "yes", role: "main giant" }, { type: "person_affirmed" })}
        ${button(parts, { label: texts.person.no, icon: "no", role: "plain giant" }, { type: "person_denied" })}
      </div>
    </section>`;
}

function nameQuestion(name: string): TemplateResult {
  return html`<h1 class="who" tabindex="-1" data-focus>
    <span class="who-small">${texts.person.you}</span><span class="who-name">${name}</span><span class="who-small">${texts.person.question}</span>
  </h1>`;
}

/** A typed number has no name yet: the worker checks its ends. */
function numberQuestion(person: Candidate): TemplateResult {
  return html`${heading(texts.person.numberTitle, texts.person.numberHint)}
    <p class="who-number">${person.masked_id}</p>`;
}

export function service(parts: Parts, screen: Extract<Screen, { kind: "service" }>): TemplateResult {
  const [first, ...others] = parts.snapshot.services;
  return html`<section class="ask">${heading(texts.service.title, screen.person.masked_name ?? "")}</section>
    <section class="answer">
      <div class="services">
        ${first === undefined ? nothing : serviceButton(parts, screen.person, first, "main giant")}
        ${others.map((one) => serviceButton(parts, screen.person, one, "raised"))} ${menuEntry(parts, screen.person)}
      </div>
    </section>`;
}

function serviceButton(
  parts: Parts,
  person: Candidate,
  one: Parts["snapshot"]["services"][number],
  role: string,
): TemplateResult {
  const taken = person.tickets_today.find((ticket) => ticket.service === one.id);
  const usual = one.id === "find_work" ? texts.service.findWorkHint : texts.service.hints[one.id];
  const hint = taken === undefined ? usual : texts.service.taken(taken.label);
  const look = { label: one.name, icon: one.id, role, ...(hint === undefined ? {} : { hint }) };
  return button(parts, look, { type: "service_chosen", service: one.id });
}
