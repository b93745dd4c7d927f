/** Draws a case: why, which job, the question before it, and its number with the days. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseKind, Employment } from "./ask_market.js";
import type { ScreenOf } from "./ask_screens.js";
import { askTexts } from "./ask_texts.js";
import { button, heading, icon, type Parts } from "./parts.js";
import { leaving, paperWord } from "./view_paper.js";

const texts = askTexts.cases;

export function caseKind(parts: Parts): TemplateResult {
  return html`<section class="ask">${heading(texts.kindTitle, texts.kindHint)}</section>
    <section class="answer">
      <div class="tiles">
        ${texts.kinds.map(({ kind, label, icon: picture }) =>
          button(parts, { label, icon: picture, role: "tile raised" }, { type: "ask_case_kind_chosen", caseKind: kind }),
        )}
      </div>
    </section>`;
}

export function caseAbout(parts: Parts, now: ScreenOf<"case_about">): TemplateResult {
  return html`<section class="ask">${heading(texts.aboutTitle, texts.aboutHint)}</section>
    <section class="answer">
      <div class="column">
        ${now.employments.map((about) =>
          button(parts, { label: about.employer, hint: jobWords(about), role: "raised long-name" }, { type: "ask_case_about_chosen", about }),
        )}
        ${button(parts, { label: texts.aboutNone, role: "plain" }, { type: "ask_case_about_chosen", about: null })}
      </div>
    </section>`;
}

function jobWords(about: Employment): string {
  return `${dayWords(about.work_day)} ${about.trade_name}`;
}

/** Returns a day of the API as people say it: "11月24日". */
export function dayWords(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}

export function caseConfirm(parts: Parts, now: ScreenOf<"case_confirm">): TemplateResult {
  return html`<section class="ask">
      ${heading(texts.confirmTitle)}
      <p class="case-what">${icon(pictureOf(now.caseKind))}<span>${labelOf(now.caseKind)}</span></p>
      ${now.about === null ? nothing : html`<p class="case-about-what">${now.about.employer}<small>${jobWords(now.about)}</small></p>`}
      <p class="hint">${texts.confirmHint}</p>
    </section>
    <section class="answer">
      <div class="yes-no">
        ${button(parts, { label: texts.confirm, icon: "yes", role: "main" }, { type: "ask_form_affirmed" })}
        ${button(parts, { label: texts.back, icon: "back", role: "plain" }, { type: "went_back" })}
      </div>
    </section>`;
}

function labelOf(kind: CaseKind): string {
  return texts.kinds.find((one) => one.kind === kind)?.label ?? "";
}

function pictureOf(kind: CaseKind): string {
  return texts.kinds.find((one) => one.kind === kind)?.icon ?? "complaint";
}

export function caseOpened(parts: Parts, now: ScreenOf<"case_opened">): TemplateResult {
  const opened = now.opened.case;
  return html`<section class="ask">
      <h1 class="ticket-title" tabindex="-1" data-focus>${now.opened.is_new ? texts.openedTitle : texts.againTitle}</h1>
      <p class="case-number">${opened.no}</p>
      <p class="ticket-facts"><span class="ticket-service">${opened.kind_name}</span></p>
      <ul class="case-days">
        ${opened.deadlines.map((step) => html`<li><b>${texts.by(dayWords(step.by_day))}</b><span>${step.name}</span></li>`)}
      </ul>
    </section>
    <section class="answer">
      ${paperWord(now.paper, askTexts.paper[now.paper])}
      <div class="ticket-ways">${button(parts, { label: askTexts.told.done, icon: "yes", role: "main" }, { type: "finished" })}</div>
      ${leaving(now.left_s, now.paper)}
    </section>`;
}
