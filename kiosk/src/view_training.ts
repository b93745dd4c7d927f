/** Draws the wish to learn: trades by picture, then when there is time. */

import { html, type TemplateResult } from "lit-html";
import type { ScreenOf } from "./ask_screens.js";
import { wishTexts } from "./wish_texts.js";
import { button, heading, type Parts } from "./parts.js";
import { MAX_WISHES } from "./training.js";
import { chosenList, cut, groupTiles, groupsOf, tradeTile, turner, type Group } from "./view_choices.js";

const texts = wishTexts.training;
const CHOICES_PER_PAGE = 6;

export function trainingPick(parts: Parts, screen: ScreenOf<"training_pick">): TemplateResult {
  const groups = groupsOf(parts.snapshot.trade_groups);
  const group = groups.find((one) => one.name === screen.group);
  const words = screen.wishes.length >= MAX_WISHES ? texts.full : texts.chosen(screen.wishes.length);
  return html`<section class="ask">
      ${heading(group === undefined ? texts.title : group.name, texts.hint)} ${chosenList(groups, screen.wishes, words)}
    </section>
    <section class="answer">${group === undefined ? groupsPage(parts, groups, screen) : tradesPage(parts, group, screen)}</section>`;
}

function groupsPage(parts: Parts, groups: readonly Group[], screen: ScreenOf<"training_pick">): TemplateResult {
  const pages = cut(groups, CHOICES_PER_PAGE);
  const page = pages[Math.min(screen.page, pages.length - 1)] ?? [];
  const opened = (group: string) => ({ type: "ask_training_group_opened", group }) as const;
  return html`${groupTiles(parts, page, screen.wishes, opened)}
  ${turner(parts, { page: screen.page, pages: pages.length, on: done(parts, screen), turned })}`;
}

function tradesPage(parts: Parts, group: Group, screen: ScreenOf<"training_pick">): TemplateResult {
  const page = group.pages[Math.min(screen.page, group.pages.length - 1)]?.trades ?? [];
  const isFull = screen.wishes.length >= MAX_WISHES;
  const on = html`${button(parts, { label: texts.others, role: "plain" }, { type: "ask_training_group_opened", group: null })}
  ${done(parts, screen)}`;
  return html`<div class="tiles">
      ${page.map((trade) => {
        const isChosen = screen.wishes.includes(trade.id);
        const look = { trade, isChosen, isOff: isFull && !isChosen };
        return tradeTile(parts, look, { type: "ask_training_toggled", trade: trade.id });
      })}
    </div>
    ${turner(parts, { page: screen.page, pages: group.pages.length, on, turned })}`;
}

const turned = (by: 1 | -1) => ({ type: "ask_training_page_turned", by }) as const;

function done(parts: Parts, { wishes }: ScreenOf<"training_pick">): TemplateResult {
  return button(parts, { label: texts.done, icon: "yes", role: "main", isOff: wishes.length === 0 }, { type: "ask_training_picked" });
}

export function trainingWhen(parts: Parts): TemplateResult {
  return html`<section class="ask">${heading(texts.whenTitle, texts.whenHint)}</section>
    <section class="answer">
      <div class="column">
        ${texts.times.map(({ time, label, hint, icon: picture }) =>
          button(parts, { label, hint, icon: picture, role: "raised" }, { type: "ask_training_time_chosen", freeTime: time }),
        )}
      </div>
    </section>`;
}
