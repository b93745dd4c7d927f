/** Draws the number pads: what is typed by groups, twelve keys, and the way on. */

import { html, nothing, type TemplateResult } from "lit-html";
import { CITIZEN_NUMBER, PHONE_NUMBER, isWhole, lengthOf, mayType, places, type NumberForm } from "./digits.js";
import { isBusy } from "./dialogue.js";
import { button, heading, icon, note, twoLines, type Parts } from "./parts.js";
import type { Screen } from "./screens.js";
import { texts } from "./texts.js";

interface Pad {
  readonly form: NumberForm;
  readonly typed: string;
  readonly error: string;
  readonly title: string;
  readonly hint: string;
}

export function idPad(parts: Parts, screen: Extract<Screen, { kind: "id_pad" }>): TemplateResult {
  return pad(parts, { ...screen, form: CITIZEN_NUMBER, title: texts.pad.idTitle, hint: texts.pad.idHint });
}

export function phonePad(parts: Parts, screen: Extract<Screen, { kind: "phone_pad" }>): TemplateResult {
  return pad(parts, { ...screen, form: PHONE_NUMBER, title: texts.pad.phoneTitle, hint: texts.pad.phoneHint });
}

export function phoneQuestion(parts: Parts, screen: Extract<Screen, { kind: "ask_phone" }>): TemplateResult {
  return pad(parts, { ...screen, form: PHONE_NUMBER, title: texts.pad.askPhoneTitle, hint: texts.pad.askPhoneHint });
}

function pad(parts: Parts, { form, typed, error, title, hint }: Pad): TemplateResult {
  const isReady = isWhole(form, typed) && !isBusy(parts.dialogue);
  const { isLow } = parts.dialogue.look;
  return html`<section class="ask">
      ${heading(title, hint)} ${number(form, typed)}
      <div class="below-number">${below(parts, form, typed, error)}</div>
    </section>
    <section class="answer">
      <div class="keys">
        ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => key(parts, form, typed, digit))}
        ${form.mayEndInX ? key(parts, form, typed, "X") : html`<span></span>`} ${key(parts, form, typed, "0")}
        <button class="key erase" data-key ?disabled=${typed === ""} @press=${() => parts.tell({ type: "digit_erased" })}>
          ${icon("erase")}<span class="small">${texts.pad.erase}</span>
        </button>
      </div>
      ${error !== "" && isLow ? wayOut(parts) : nothing}
      ${button(parts, { label: texts.pad.submit, icon: "yes", role: "main", isOff: !isReady }, { type: "number_given" })}
    </section>`;
}

function below(parts: Parts, form: NumberForm, typed: string, error: string): TemplateResult | typeof nothing {
  if (error !== "") return html`${note(twoLines(error), "error")}${parts.dialogue.look.isLow ? nothing : wayOut(parts)}`;
  if (isBusy(parts.dialogue)) {
    const text = parts.dialogue.isAway ? texts.busy.away : texts.busy.lookingUp;
    return html`<p class="waiting"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${text}</p>`;
  }
  const left = lengthOf(form) - typed.length;
  return left === 0 || typed === "" ? nothing : html`<p class="hint">${texts.pad.left(left)}</p>`;
}

/** A phone that nobody registered leads on to the citizen number. */
function wayOut(parts: Parts): TemplateResult | typeof nothing {
  if (parts.dialogue.screen.kind !== "phone_pad") return nothing;
  return button(parts, { label: texts.attract.idPad, icon: "keypad", role: "raised" }, { type: "id_pad_opened" });
}

function number(form: NumberForm, typed: string): TemplateResult {
  let at = -1;
  return html`<p class="number groups-${form.groups.length} ${form.mayEndInX ? "long" : "short"}" aria-label=${typed}>
    ${places(form, typed).map(
      (group) => html`<span class="group"
        >${group.map((place) => {
          at += 1;
          return html`<span class="place ${at === typed.length ? "next" : ""}">${place}</span>`;
        })}</span
      >`,
    )}
  </p>`;
}

function key(parts: Parts, form: NumberForm, typed: string, digit: string): TemplateResult {
  return html`<button class="key" data-key ?disabled=${!mayType(form, typed, digit)} @press=${() => parts.tell({ type: "digit_typed", digit })}>
    ${digit}
  </button>`;
}
