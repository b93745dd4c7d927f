/** Draws a worker's own past, big and short. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { ScreenOf } from "./ask_screens.js";
import { heading, type Parts } from "./parts.js";
import type { RecordCase, RecordJob } from "./post_market.js";
import { postTexts } from "./post_texts.js";
import { dayWords } from "./view_cases.js";
import { cut, turner } from "./view_choices.js";

const texts = postTexts.records;
const ROWS_PER_PAGE = 5;
const ROWS_OF_LARGE = 3;

export function records(parts: Parts, now: ScreenOf<"records">): TemplateResult {
  const { cases, employments, days_this_month: days } = now.records;
  const { size, isLow } = parts.dialogue.look;
  const rows = [...cases.map(caseRow), ...employments.map(jobRow)];
  const pages = cut(rows, size === "normal" && !isLow ? ROWS_PER_PAGE : ROWS_OF_LARGE);
  const at = Math.min(now.page, pages.length - 1);
  return html`<section class="ask">
      ${heading(texts.title, now.person.masked_name ?? "")}
      <p class="record-days">${texts.days(days)}</p>
      ${rows.length === 0 ? html`<p class="hint">${texts.none}</p>` : html`<ul class="record-rows">${pages[at]}</ul>`}
    </section>
    <section class="answer">${pages.length > 1 ? turner(parts, { page: at, pages: pages.length, on: nothing }) : nothing}</section>`;
}

function caseRow(one: RecordCase): TemplateResult {
  return html`<li class="is-due">
    <span class="record-what"><b>${one.kind_name}</b><small>${one.no}</small></span>
    <span class="record-end"><b>${texts.due(one.step_name, dayWords(one.by_day))}</b></span>
  </li>`;
}

function jobRow(one: RecordJob): TemplateResult {
  return html`<li>
    <span class="record-what"><b>${dayWords(one.work_day)} ${one.trade_name}</b><small>${one.employer}</small></span>
    <span class="record-end"><b>${one.pay}</b><small>${one.state_name}</small></span>
  </li>`;
}
