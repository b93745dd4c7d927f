/** Draws the questions answered by picture: trades, schooling, skill. */

import { html, nothing, svg, type TemplateResult } from "lit-html";
import type { Choice, TradeChoice, TradePage } from "./market.js";
import { button, heading, icon, type Parts } from "./parts.js";
import { MAX_TRADES } from "./questions.js";
import type { Event, Screen } from "./screens.js";
import { texts } from "./texts.js";

const CHOICES_PER_PAGE = 6;
const LEVELS_PER_PAGE = 4;
/** GB/T 4658 code of "other": asked first, where those who never went to school look. */
const OTHER_EDUCATION = "90";

type TradesScreen = Extract<Screen, { kind: "ask_trades" }>;

interface Group {
  readonly name: string;
  readonly pages: readonly TradePage[];
  readonly trades: readonly TradeChoice[];
}

/** Gathers the pages of a group; "建筑建材 2" is the second page of "建筑建材". */
function groupsOf(pages: readonly TradePage[]): Group[] {
  const byName = new Map<string, TradePage[]>();
  for (const page of pages) {
    const name = page.name.replace(/ \d+$/, "");
    byName.set(name, [...(byName.get(name) ?? []), page]);
  }
  return Array.from(byName, ([name, found]) => ({ name, pages: found, trades: found.flatMap((page) => page.trades) }));
}

export function trades(parts: Parts, screen: TradesScreen): TemplateResult {
  const groups = groupsOf(parts.snapshot.trade_groups);
  const chosen = screen.form.answers.trades ?? [];
  const group = groups.find((one) => one.name === screen.group);
  const title = group === undefined ? texts.trades.groupTitle : group.name;
  const hint = group === undefined ? texts.trades.groupHint : texts.trades.tradeHint;
  return html`<section class="ask">${heading(title, hint)} ${chosenList(groups, chosen)}</section>
    <section class="answer">
      ${group === undefined ? groupChoices(parts, groups, screen) : tradeChoices(parts, group, screen)}
    </section>`;
}

function chosenList(groups: readonly Group[], chosen: readonly string[]): TemplateResult {
  const all = groups.flatMap((group) => group.trades);
  const found = all.filter((trade) => chosen.includes(trade.id));
  const words = chosen.length >= MAX_TRADES ? texts.trades.full : texts.trades.chosen(chosen.length);
  return html`<div class="chosen">
    <span class="chosen-count">${chosen.length === 0 ? nothing : words}</span>
    ${found.map((trade) => html`<span class="chip">${icon(trade.icon)}${trade.name}</span>`)}
  </div>`;
}

function groupChoices(parts: Parts, groups: readonly Group[], screen: TradesScreen): TemplateResult {
  const chosen = screen.form.answers.trades ?? [];
  const pages = cut(groups, CHOICES_PER_PAGE);
  const page = pages[Math.min(screen.page, pages.length - 1)] ?? [];
  return html`<div class="tiles">
      ${page.map((group) => {
        const count = group.trades.filter((trade) => chosen.includes(trade.id)).length;
        const names = group.trades.slice(0, 3).map((trade) => trade.name).join("、");
        const look = {
          label: group.name,
          icon: group.trades[0]?.icon ?? "find_work",
          hint: count > 0 ? texts.trades.inGroup(count) : names,
          role: count > 0 ? "tile raised has-some" : "tile raised",
        };
        return button(parts, look, { type: "group_opened", group: group.name });
      })}
    </div>
    ${turner(parts, { page: screen.page, pages: pages.length, on: doneButton(parts, chosen) })}`;
}

function tradeChoices(parts: Parts, group: Group, screen: TradesScreen): TemplateResult {
  const chosen = screen.form.answers.trades ?? [];
  const page = group.pages[Math.min(screen.page, group.pages.length - 1)]?.trades ?? [];
  const isFull = chosen.length >= MAX_TRADES;
  const on = html`${button(parts, { label: texts.trades.others, role: "plain" }, { type: "groups_opened" })}
  ${doneButton(parts, chosen)}`;
  return html`<div class="tiles">
      ${page.map((trade) => tradeTile(parts, trade, chosen.includes(trade.id), isFull))}
    </div>
    ${turner(parts, { page: screen.page, pages: group.pages.length, on })}`;
}

function tradeTile(parts: Parts, trade: TradeChoice, isChosen: boolean, isFull: boolean): TemplateResult {
  return html`<button
    class="choice tile raised ${isChosen ? "is-chosen" : ""}"
    aria-pressed=${isChosen ? "true" : "false"}
    ?disabled=${isFull && !isChosen}
    @press=${() => parts.tell({ type: "trade_toggled", trade: trade.id })}
  >
    ${icon(trade.icon)}<span class="words"><span class="label">${trade.name}</span></span>
    <span class="mark-chosen" aria-hidden="true">${isChosen ? icon("yes") : nothing}</span>
  </button>`;
}

function doneButton(parts: Parts, chosen: readonly string[]): TemplateResult {
  return button(parts, { label: texts.trades.done, icon: "yes", role: "main", isOff: chosen.length === 0 }, { type: "trades_given" });
}

interface Turner {
  readonly page: number;
  readonly pages: number;
  readonly on: TemplateResult | typeof nothing;
}

/** Draws the ways on: pages to turn where there are several, and what ends the question. */
export function turner(parts: Parts, { page, pages, on }: Turner): TemplateResult {
  const turn = (label: string, sign: string, by: 1 | -1, isOff: boolean): TemplateResult =>
    button(parts, { label, icon: sign, role: `plain turn ${sign}`, isOff }, { type: "page_turned", by });
  const pager = html`<div class="pager">
    ${turn(texts.trades.previous, "previous", -1, page === 0)}
    <p class="page-no">${texts.trades.page(page + 1, pages)}</p>
    ${turn(texts.trades.next, "next", 1, page >= pages - 1)}
  </div>`;
  return html`<div class="turner">${pages > 1 ? pager : nothing} ${on === nothing ? nothing : html`<div class="ways-on">${on}</div>`}</div>`;
}

/** Cuts a list into pages of `length`. */
export function cut<T>(all: readonly T[], length: number): T[][] {
  const count = Math.max(1, Math.ceil(all.length / length));
  return Array.from({ length: count }, (_, at) => all.slice(at * length, (at + 1) * length));
}

export function education(parts: Parts, screen: Extract<Screen, { kind: "ask_education" }>): TemplateResult {
  const given = parts.snapshot.educations;
  const ordered = [...given.filter((one) => one.id === OTHER_EDUCATION), ...given.filter((one) => one.id !== OTHER_EDUCATION)];
  const pages = cut(ordered, LEVELS_PER_PAGE);
  const at = Math.min(screen.page, pages.length - 1);
  const before = pages.slice(0, at).flat().length;
  return html`<section class="ask">${heading(texts.education.title, texts.education.hint)}</section>
    <section class="answer">
      <div class="levels">
        ${pages[at]?.map((one, index) => level(parts, one, before + index, ordered.length, { type: "education_chosen", education: one.id }))}
      </div>
      ${turner(parts, { page: at, pages: pages.length, on: nothing })}
    </section>`;
}

export function skill(parts: Parts): TemplateResult {
  const skills = parts.snapshot.skills;
  return html`<section class="ask">${heading(texts.skill.title, texts.skill.hint)}</section>
    <section class="answer">
      <div class="levels">
        ${skills.map((one, index) => level(parts, one, index, skills.length, { type: "skill_chosen", skill: one.id }))}
      </div>
    </section>`;
}

/** A choice on a ladder: as many steps are filled as it is high. */
function level(parts: Parts, one: Choice, steps: number, of: number, event: Event): TemplateResult {
  return html`<button class="choice raised level" @press=${() => parts.tell(event)}>
    <svg class="ladder" viewBox="0 0 ${(of - 1) * 14} 48" aria-hidden="true">
      ${Array.from({ length: of - 1 }, (_, at) => ladderStep(at, of, at < steps))}
    </svg>
    <span class="words"><span class="label">${one.name}</span></span>
  </button>`;
}

function ladderStep(at: number, of: number, isFilled: boolean): TemplateResult<2> {
  const height = 12 + (34 * at) / Math.max(1, of - 2);
  const role = isFilled ? "step filled" : "step";
  return svg`<rect class=${role} x=${at * 14 + 1} y=${47 - height} width="11" height=${height} rx="2"></rect>`;
}
