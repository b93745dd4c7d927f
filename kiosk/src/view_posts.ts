/** Draws the posts of a worker's trades, one post, and the place in its order. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Look } from "./access.js";
import type { ScreenOf } from "./ask_screens.js";
import { button, heading, icon, type Parts } from "./parts.js";
import type { SuitablePost } from "./post_market.js";
import type { PostScreen } from "./post_screens.js";
import { postTexts } from "./post_texts.js";
import { texts } from "./texts.js";
import { cut } from "./view_choices.js";
import { leaving, paperWord } from "./view_paper.js";
import { records } from "./view_records.js";
import { place } from "./view_ticket.js";

/** Draws one of these screens. */
export function postScreen(parts: Parts, now: PostScreen): TemplateResult {
  switch (now.kind) {
    case "posts":
      return now.posts.length === 0 ? noPosts(parts) : posts(parts, now);
    case "post":
      return post(parts, now);
    case "applied":
      return applied(parts, now);
    case "post_list":
      return postList(parts, now);
    case "records":
      return records(parts, now);
  }
}

/** Tells how many big rows a page has room for. */
export function rowsPerPage({ size, isLow }: Look): number {
  if (isLow) return 2;
  return size === "largest" ? 3 : 4;
}

function posts(parts: Parts, now: ScreenOf<"posts">): TemplateResult {
  const pages = cut(now.posts, rowsPerPage(parts.dialogue.look));
  const at = Math.min(now.page, pages.length - 1);
  const words = pages.length > 1 ? postTexts.posts.page(at + 1, pages.length) : "";
  return html`<section class="ask">${heading(postTexts.posts.title, `${postTexts.posts.hint} ${words}`.trim())}</section>
    <section class="answer">
      <div class="post-rows">${pages[at]?.map((one) => row(parts, one))}</div>
      ${turnOrPrint(parts, at, pages.length)}
    </section>`;
}

function row(parts: Parts, one: SuitablePost): TemplateResult {
  const order = one.application?.order ?? 0;
  return html`<button class="choice raised post-row" @press=${() => parts.tell({ type: "ask_post_opened", post: one })}>
    ${icon(one.icon)}
    <span class="post-what">
      <b class="label">${one.trade_name}</b><span class="post-when">${one.when.split(" ").map((word) => html`<span>${word}</span> `)}</span><span class="post-place">${one.place}</span>
    </span>
    <span class="post-pay">
      ${payWords(one.pay)}
      <span>${postTexts.posts.left(one.left)}</span>
      ${order > 0 ? html`<span class="post-mark">${postTexts.posts.applied(order)}</span>` : html`<span class="post-no">${postTexts.posts.no(one.no)}</span>`}
    </span>
  </button>`;
}

/** The number of a pay is read before its words: it is the largest thing of a row. */
function payWords(pay: string): TemplateResult {
  const parts = /^(\D*)(\d[\d.]*)(.*)$/.exec(pay);
  if (parts === null) return html`<b class="pay">${pay}</b>`;
  return html`<b class="pay">${parts[1]}<i>${parts[2]}</i>${parts[3]}</b>`;
}

function turnOrPrint(parts: Parts, page: number, pages: number): TemplateResult {
  const turn = (label: string, sign: string, by: 1 | -1, isOff: boolean): TemplateResult =>
    button(parts, { label, icon: sign, role: `plain turn ${sign}`, isOff }, { type: "page_turned", by });
  return html`<div class="turn-or-print">
    ${pages > 1 ? turn(texts.trades.previous, "previous", -1, page === 0) : nothing}
    ${button(parts, { label: postTexts.posts.print, icon: "printer", role: "plain" }, { type: "ask_posts_printed", only: null })}
    ${pages > 1 ? turn(texts.trades.next, "next", 1, page >= pages - 1) : nothing}
  </div>`;
}

function noPosts(parts: Parts): TemplateResult {
  const words = postTexts.posts;
  return html`<section class="ask wide">${icon("find_work", "great")} ${heading(words.noneTitle, words.noneHint)}</section>
    <section class="answer">
      <div class="column">
        ${button(parts, { label: words.takeNumber, icon: "find_work", role: "main" }, { type: "ask_number_wanted" })}
        ${button(parts, { label: words.otherTrades, icon: "more", role: "raised" }, { type: "ask_other_trades" })}
      </div>
    </section>`;
}

function post(parts: Parts, { post: one }: ScreenOf<"post">): TemplateResult {
  const words = postTexts.post;
  const order = one.application?.order ?? 0;
  const choice =
    order > 0
      ? button(parts, { label: words.leave, icon: "no", role: "raised" }, { type: "ask_post_left" })
      : button(parts, { label: words.go, icon: "yes", role: "main" }, { type: "ask_post_wanted" });
  return html`<section class="ask">
      <h1 class="post-title" tabindex="-1" data-focus>${icon(one.icon)}<span>${one.trade_name}</span></h1>
      <p class="post-great-pay">${payWords(one.pay)}</p>
      <p class="ticket-facts"><span class="ticket-service">${postTexts.posts.no(one.no)}</span><span>${order > 0 ? postTexts.applied.order(order) : postTexts.posts.left(one.left)}</span></p>
      ${facts(one)}
    </section>
    <section class="answer">
      <div class="yes-no">
        ${choice}
        ${button(parts, { label: postTexts.posts.print, icon: "printer", role: "plain" }, { type: "ask_posts_printed", only: one.id })}
      </div>
    </section>`;
}

function facts(one: SuitablePost): TemplateResult {
  const words = postTexts.post;
  const terms = [one.settlement, one.lunch ? words.lunch : words.noLunch, one.transport, one.tools].join(" ");
  const rows = [
    [words.facts.when, one.when],
    [words.facts.meeting, one.meeting],
    [words.facts.place, one.place],
    [words.facts.terms, terms],
    [words.facts.employer, one.employer],
    [words.facts.requirements, one.requirements],
  ].filter(([, value]) => value !== "");
  return html`<ul class="post-facts">
    ${rows.map(([name, value]) => html`<li><span>${name}</span><b>${value}</b></li>`)}
  </ul>`;
}

function applied(parts: Parts, now: ScreenOf<"applied">): TemplateResult {
  const words = postTexts.applied;
  const { application, ticket, is_new: isNew } = now.applied;
  const paper = now.paper === "not_asked" ? words.notAsked : texts.ticket.paper[now.paper];
  return html`<section class="ask">
      <h1 class="ticket-title" tabindex="-1" data-focus>${application.order === 0 ? words.agreedTitle : isNew ? words.title : words.againTitle}</h1>
      <p class="post-order">${words.order(application.order)}</p>
      <p class="post-which">${icon(now.post.icon)}<span>${now.post.trade_name}</span>${payWords(now.post.pay)}</p>
      <p class="ticket-facts"><span class="ticket-service">${words.number}</span></p>
      <p class="case-number">${ticket.label}</p>
      <p class="ticket-facts"><span>${place(ticket)}</span></p>
    </section>
    <section class="answer">
      ${paperWord(now.paper, paper, ticket.code)}
      <div class="ticket-ways">
        ${button(parts, { label: postTexts.post.leave, role: "plain" }, { type: "ask_post_left" })}
        ${button(parts, { label: words.again, role: "raised" }, { type: "ask_posts_again" })}
        ${button(parts, { label: words.done, icon: "yes", role: "main" }, { type: "finished" })}
      </div>
      ${leaving(now.left_s, now.paper)}
    </section>`;
}

function postList(parts: Parts, now: ScreenOf<"post_list">): TemplateResult {
  return html`<section class="ask">${icon("printer", "great")} ${heading(postTexts.list.title(now.posts))}</section>
    <section class="answer">
      ${paperWord(now.paper, postTexts.paper[now.paper])}
      <div class="ticket-ways">${button(parts, { label: postTexts.applied.done, icon: "yes", role: "main" }, { type: "finished" })}</div>
      ${leaving(now.left_s, now.paper)}
    </section>`;
}
