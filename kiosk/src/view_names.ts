/** Draws the question for the name: what is chosen, candidates, keys or a field to write on. */

import { html, nothing, svg, type TemplateResult } from "lit-html";
import { follow, pointsOf } from "./ink.js";
import { LETTERS, lettersAfter } from "./name_pad.js";
import { nameTexts as texts } from "./name_texts.js";
import { CANDIDATES_PER_SHEET, INK_SIZE, candidates, isBegun, type Writing } from "./name_writing.js";
import type { NameScreen } from "./name_screens.js";
import { isName, mayAdd, mayAddDot } from "./names.js";
import { button, heading, icon, note, twoLines, type Parts } from "./parts.js";
import type { Event } from "./screens.js";

export function nameQuestion(parts: Parts, screen: NameScreen): TemplateResult {
  return html`<section class="ask">
      ${heading(texts.title, screen.error === "" ? texts.hints[screen.writing.way] : "")} ${chosenName(screen)}
      ${screen.error === "" ? nothing : note(twoLines(screen.error), "error")}
    </section>
    <section class="answer picks">${choices(parts, screen)}</section>
    <section class="answer pad">
      ${screen.writing.way === "ink" ? field(parts, screen.writing) : keys(parts, screen, screen.writing.letters)}
    </section>
    <section class="answer name-ways">
      <div class="ways-on">
        ${wayChange(parts, screen.writing)}
        ${button(parts, { label: texts.skip, icon: "no", role: "plain" }, { type: "name_skipped" })}
        ${button(parts, { label: texts.done, icon: "yes", role: "main", isOff: !isName(screen.chosen) }, { type: "name_given" })}
      </div>
    </section>`;
}

function chosenName({ chosen, writing }: NameScreen): TemplateResult {
  const typed = writing.way === "pinyin" ? writing.letters : "";
  return html`<p class="name-line" aria-label=${chosen}>
    <span class="name-chosen">${chosen}</span><span class="name-typed">${typed}</span><span class="name-caret"></span>
  </p>`;
}

/** Eight places that stay where they are, so that a finger learns them. */
function choices(parts: Parts, screen: NameScreen): TemplateResult {
  const found = candidates(screen.writing, parts.names, screen.chosen === "");
  const sheets = Math.max(1, Math.ceil(found.length / CANDIDATES_PER_SHEET));
  const sheet = Math.min(screen.sheet, sheets - 1);
  const shown = found.slice(sheet * CANDIDATES_PER_SHEET, (sheet + 1) * CANDIDATES_PER_SHEET);
  const places = Array.from({ length: CANDIDATES_PER_SHEET }, (_, at) => shown[at]);
  return html`<div class="candidates">${places.map((characters) => place(parts, screen, characters))}</div>
    <div class="pager">
      ${turn(parts, texts.previous, -1, sheet === 0)}
      <p class="page-no">${found.length === 0 ? below(parts, screen) : texts.sheet(sheet + 1, sheets)}</p>
      ${turn(parts, texts.next, 1, sheet >= sheets - 1)}
    </div>`;
}

function place(parts: Parts, screen: NameScreen, characters: string | undefined): TemplateResult {
  if (characters === undefined) return html`<span class="candidate" aria-hidden="true"></span>`;
  const event: Event = { type: "name_character_chosen", characters };
  return html`<button
    class="candidate ${[...characters].length > 1 ? "long" : ""}"
    ?disabled=${!mayAdd(screen.chosen, characters)}
    @press=${() => parts.tell(event)}
  >
    ${characters}
  </button>`;
}

function below({ names }: Parts, { writing }: NameScreen): string {
  if (writing.way === "pinyin") return Object.keys(names.syllables).length === 0 ? texts.noPad : texts.first;
  if (writing.strokes.length === 0) return texts.write;
  return writing.read === null ? texts.reading : texts.notRead;
}

function turn(parts: Parts, label: string, by: 1 | -1, isOff: boolean): TemplateResult {
  const sign = by === 1 ? "next" : "previous";
  return button(parts, { label, icon: sign, role: `plain turn ${sign}`, isOff }, { type: "name_sheet_turned", by });
}

function keys(parts: Parts, screen: NameScreen, typed: string): TemplateResult {
  const following = lettersAfter(parts.names, typed, screen.chosen === "");
  return html`<div class="letters">
      ${LETTERS.map((letter) => letterKey(parts, letter, following.has(letter)))}
      <button class="key" data-key aria-label=${texts.dotName} ?disabled=${typed !== "" || !mayAddDot(screen.chosen)} @press=${() => parts.tell({ type: "name_dot_typed" })}>·</button>
      ${eraseKey(parts, screen)}
    </div>`;
}

function letterKey(parts: Parts, letter: string, mayFollow: boolean): TemplateResult {
  return html`<button class="key" data-key ?disabled=${!mayFollow} @press=${() => parts.tell({ type: "name_letter_typed", letter })}>${letter}</button>`;
}

function eraseKey(parts: Parts, { chosen, writing }: { chosen: string; writing: Writing }): TemplateResult {
  const isOff = chosen === "" && !isBegun(writing);
  return html`<button class="key erase" data-key aria-label=${texts.erase} ?disabled=${isOff} @press=${() => parts.tell({ type: "name_erased" })}>
    ${icon("erase")}
  </button>`;
}

/** Handwriting is an extra: without it there is nothing to change to. */
function wayChange(parts: Parts, { way }: Writing): TemplateResult | typeof nothing {
  if (!parts.snapshot.has_handwriting) return nothing;
  return way === "ink"
    ? button(parts, { label: texts.pinyin, icon: "letters", role: "raised" }, { type: "name_way_chosen", way: "pinyin" })
    : button(parts, { label: texts.ink, icon: "pen", role: "raised" }, { type: "name_way_chosen", way: "ink" });
}

function field(parts: Parts, writing: Extract<Writing, { way: "ink" }>): TemplateResult {
  const { dialogue } = parts;
  const chosen = dialogue.screen.kind === "ask_name" ? dialogue.screen.chosen : "";
  const begin = (event: PointerEvent): void =>
    follow(event.currentTarget as SVGSVGElement, event, (stroke) => parts.tell({ type: "name_stroke_drawn", stroke }));
  return html`<div class="writing">
      <svg class="ink" viewBox="0 0 ${INK_SIZE} ${INK_SIZE}" role="img" aria-label=${texts.write} @pointerdown=${begin}>
        ${svg`<path class="ink-grid" d="M500 20V980M20 500H980"></path>`}
        ${writing.strokes.map((stroke) => svg`<polyline class="ink-line" points=${pointsOf(stroke)}></polyline>`)}
      </svg>
      <div class="writing-keys">
        ${eraseKey(parts, { chosen, writing })}
        <button class="key" data-key aria-label=${texts.dotName} ?disabled=${isBegun(writing) || !mayAddDot(chosen)} @press=${() => parts.tell({ type: "name_dot_typed" })}>·</button>
      </div>
    </div>`;
}
