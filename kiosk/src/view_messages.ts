/** Draws the screens that tell: waiting, the privacy notice, kind stops. */

import { html, nothing, type TemplateResult } from "lit-html";
import { sentencesPerPage } from "./access.js";
import { button, heading, icon, twoLines, type Parts } from "./parts.js";
import { cardOnReader, clerkAtDesk } from "./pictures.js";
import type { Event, Screen } from "./screens.js";
import { texts } from "./texts.js";
import { cut, turner } from "./view_choices.js";

/** Refusals that trying again does not help. */
const AT_THE_DESK = new Set(["under_16", "name_needs_clerk", "card_needs_clerk", "card_kind_unknown"]);

export function reading(parts: Parts): TemplateResult {
  const { request } = parts.dialogue;
  const isTicket = request?.kind === "identify" && request.way !== "card";
  return isTicket
    ? waiting(parts, texts.busy.lookingUp, texts.busy.wait)
    : waiting(parts, texts.busy.reading, texts.busy.readingHint);
}

export function takingNumber(parts: Parts): TemplateResult {
  return waiting(parts, texts.busy.takingNumber, texts.busy.wait);
}

/** Draws a wait for the server, which may be away. */
export function waiting(parts: Parts, title: string, hint: string): TemplateResult {
  const { isAway } = parts.dialogue;
  return html`<section class="ask wide">
    ${isAway ? icon("no_wire", "great") : html`<div class="turning" aria-hidden="true"></div>`}
    ${isAway ? heading(texts.busy.away, texts.busy.awayHint) : heading(title, hint)}
  </section>`;
}

/** The privacy notice; in large type it has pages, and only who has seen the last may agree. */
export function notice(parts: Parts, screen: Extract<Screen, { kind: "notice" }>): TemplateResult {
  const { version, sentences } = parts.snapshot.notice;
  const perPage = sentencesPerPage(parts.dialogue.look, sentences.length);
  const pages = cut(sentences, perPage);
  const page = Math.min(screen.page, pages.length - 1);
  const isLast = page === pages.length - 1;
  return html`<section class="ask">
      ${heading(texts.notice.title)}
      <ol class="sentences" start=${page * perPage + 1}>
        ${pages[page]?.map((sentence, at) => html`<li data-no=${page * perPage + at + 1}>${sentence}</li>`)}
      </ol>
    </section>
    <section class="answer">
      ${pages.length > 1 ? turner(parts, { page, pages: pages.length, on: nothing }) : nothing}
      <div class="yes-no">
        ${button(parts, { label: texts.notice.agree, icon: "yes", role: "main", isOff: !isLast }, { type: "notice_accepted", version })}
        ${button(parts, { label: texts.notice.disagree, icon: "no", role: "plain" }, { type: "notice_declined" })}
      </div>
    </section>`;
}

export function declined(parts: Parts): TemplateResult {
  return kindWord(parts, texts.notice.declinedTitle, texts.notice.declinedText, texts.stopped.finish);
}

export function notYou(parts: Parts, screen: Extract<Screen, { kind: "not_you" }>): TemplateResult {
  const { title, text } = texts.notYou[screen.way];
  return html`<section class="ask wide">
      ${screen.way === "card" ? cardOnReader() : clerkAtDesk()} ${heading(title, text)}
    </section>
    ${oneWayOn(parts, texts.notYou.again)}`;
}

/** A refusal: the sentence, large, and what to do now. */
export function stopped(parts: Parts, screen: Extract<Screen, { kind: "stopped" }>): TemplateResult {
  const { titles } = texts.stopped;
  const title = titles[screen.code] ?? texts.stopped.title;
  const text = texts.stopped.texts[screen.code] ?? twoLines(screen.message);
  return kindWord(parts, title, text, AT_THE_DESK.has(screen.code) ? texts.stopped.finish : texts.stopped.again);
}

function kindWord(parts: Parts, title: string, text: string, on: string): TemplateResult {
  return html`<section class="ask wide">${clerkAtDesk()} ${heading(title, text)}</section>
    ${oneWayOn(parts, on)}`;
}

function oneWayOn(parts: Parts, label: string): TemplateResult {
  const event: Event = { type: "finished" };
  return html`<section class="answer">${button(parts, { label, icon: "yes", role: "main huge" }, event)}</section>`;
}
