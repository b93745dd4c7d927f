/** Owns how the board looks: one function from what is known to HTML, nothing kept in between. */

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { repeat } from "lit-html/directives/repeat.js";
import type { AgeLevel } from "./age.js";
import type { Board, Call, Gathering, Row } from "./board.js";
import { pageCount, type Line, type Pages } from "./board-model.js";
import { dayText, secondsText, timeText, weekdayText } from "./clock.js";
import { callsPanel, overlay } from "./call-view.js";
import { cells, daysAhead, isFresh, oneDay, type RowLook } from "./row-view.js";
import { TEXTS } from "./texts.js";

export interface Scene {
  readonly board: Board | null;
  readonly pages: Pages | null;
  /** The server's time of its last word that the board is current; null if it never said. */
  readonly updatedAt: number | null;
  readonly age: AgeLevel;
  readonly ageMinutes: number;
  readonly calls: readonly Call[];
  readonly gatherings: readonly Gathering[];
  /** Whether the latest call came this moment. */
  readonly isCallNew: boolean;
  /** The call that is repeated over the list, or null. */
  readonly repeated: Call | null;
  readonly look: RowLook;
}

export function view(given: Scene): TemplateResult {
  const isTooOld = given.age === "too-old";
  const hasCalls = (given.calls.length > 0 || given.gatherings.length > 0) && !isTooOld;
  const scene = hasCalls ? { ...given, look: { ...given.look, hasWhere: false } } : given;
  return html`
    ${scene.age === "old" ? html`<p class="age-band" role="alert">${TEXTS.old(scene.ageMinutes)}</p>` : nothing}
    ${header(given)}
    <div class="middle ${hasCalls ? "with-calls" : ""}">
      ${list(scene)} ${hasCalls ? callsPanel({ calls: scene.calls, gatherings: scene.gatherings, missed: scene.board?.missed ?? [], isNew: scene.isCallNew }) : nothing}
      ${scene.repeated !== null && !isTooOld ? overlay(scene.repeated) : nothing}
    </div>
    ${footer(scene)}
  `;
}

function header({ board, pages, look, age }: Scene): TemplateResult {
  const news = age === "too-old" ? undefined : pages?.news[0];
  return html`
    <header class="head">
      <h1 class="head-name">${board?.market.name ?? ""}</h1>
      ${dayMark(board, look.now)}
      <p class="head-open" ?hidden=${board === null || age === "too-old"}>
        ${TEXTS.open}<strong>${board?.counts.open_headcount ?? ""}</strong>${TEXTS.people}
      </p>
      <p class="head-clock"><span>${dayText(look.now)}<br />${weekdayText(look.now)}</span><time>${timeText(look.now)}</time></p>
      ${news === undefined ? nothing : keyed(news.id, newsStrip(news, look))}
    </header>
  `;
}

/** Says the day once where every post is for the same later day, as in the evening. */
function dayMark(board: Board | null, now: number): TemplateResult | typeof nothing {
  const day = board === null ? null : oneDay(board.posts);
  if (day === null || daysAhead(day, now) <= 0) return nothing;
  const said = daysAhead(day, now) === 1 ? TEXTS.tomorrow : TEXTS.onDay(dayText(Date.parse(day)));
  return html`<p class="head-day">${said}</p>`;
}

function newsStrip(row: Row, look: RowLook): TemplateResult {
  return html`
    <div class="news" data-post=${row.id}>
      <p class="news-label">${TEXTS.news}</p>
      <div class="row">${cells(row, { ...look, showsMeeting: false })}</div>
    </div>
  `;
}

function list(scene: Scene): TemplateResult {
  const { board, pages, age } = scene;
  if (age === "too-old") return card("card-stop", TEXTS.tooOld.title, TEXTS.tooOld.line);
  if (board === null || pages === null) return card("card-wait", TEXTS.waiting.title, TEXTS.waiting.line);
  const isEmpty = board.posts.length === 0 && pages.lines.every((line) => line.kind === "empty");
  if (isEmpty) return card("card-empty", TEXTS.empty.title, TEXTS.empty.line);
  return html`
    <section class="jobs">
      ${columnHead(scene, pages)}
      ${keyed(
        pages.turn,
        html`<ol class="rows">
          ${repeat(pages.lines, lineKey, (line) => rowOf(line, scene))}
        </ol>`,
      )}
    </section>
  `;
}

function card(kind: string, title: string, line: string): TemplateResult {
  return html`
    <section class="card ${kind}">
      <div class="card-mark" aria-hidden="true"></div>
      <h2>${title}</h2>
      <p>${line}</p>
    </section>
  `;
}

function columnHead(scene: Scene, pages: Pages): TemplateResult {
  const { page, of } = pageCount(pages);
  const where = scene.look.showsMeeting ? TEXTS.columns.meeting : TEXTS.columns.place;
  const dots = Array.from({ length: of }, (_, n) => html`<i class=${n + 1 === page ? "on" : ""}></i>`);
  return html`
    <div class="columns">
      <span>${TEXTS.columns.trade}</span>
      <span class="column-need">${TEXTS.columns.need}</span>
      <span class="column-pay">${TEXTS.columns.pay}</span>
      ${scene.look.hasWhere ? html`<span class="column-where">${where}</span>` : nothing}
      ${of > 1 ? html`<span class="page-mark"><b>${TEXTS.page(page, of)}</b>${dots}</span>` : nothing}
    </div>
  `;
}

function lineKey(line: Line): string {
  return line.kind === "post" ? line.row.id : line.key;
}

function rowOf(line: Line, scene: Scene): TemplateResult {
  if (line.kind === "empty") return html`<li class="row row-none" aria-hidden="true"></li>`;
  const { row, isFull } = line;
  const state = isFull ? "row-full" : isFresh(row, scene.look.now) ? "row-fresh" : "";
  return html`
    <li class="row ${state}" data-post=${row.id}>${cells(row, scene.look, isFull)}</li>
  `;
}

function footer({ board, updatedAt, age, ageMinutes }: Scene): TemplateResult {
  const isCurrent = age === "fresh";
  const said = isCurrent ? TEXTS.updated : TEXTS.doubtful(ageMinutes);
  const counts = board?.counts;
  return html`
    <footer class="foot foot-${age}">
      <p class="foot-age"><i></i>${said} ${isCurrent && updatedAt !== null ? secondsText(updatedAt) : ""}</p>
      <p ?hidden=${counts === undefined}>
        ${TEXTS.visits} <b>${counts?.visits ?? ""}</b> · ${TEXTS.placements} <b>${counts?.placements ?? ""}</b>
      </p>
      <p>${TEXTS.hotline} <b>${board?.market.hotline ?? ""}</b> · ${TEXTS.complaints} <b>${board?.market.complaint_line ?? ""}</b></p>
      <p class="foot-promise">${TEXTS.promise}</p>
    </footer>
  `;
}
