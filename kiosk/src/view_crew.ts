/** Draws a crew's check-in: who is in it so far, who is taken out, and the notice for all. */

import { html, nothing, type TemplateResult } from "lit-html";
import { sentencesPerPage } from "./access.js";
import type { ScreenOf } from "./ask_screens.js";
import { crewTexts as texts } from "./crew_texts.js";
import type { CrewMember } from "./crew_screens.js";
import { button, heading, icon, note, twoLines, type Parts } from "./parts.js";
import { cardOnReader } from "./pictures.js";
import { cut, turner } from "./view_choices.js";

/** The leader and the latest members have a place on the list; the others are counted. */
const SHOWN = 12;
const CHOICES_PER_PAGE = 6;
/** The hand with the card shows how it is done until the list needs the room. */
const ROOM_FOR_PICTURE = 3;

export function crew(parts: Parts, now: ScreenOf<"crew">): TemplateResult {
  const isEmpty = now.members.length === 0;
  const removing = { label: texts.remove, icon: "no", role: "plain", isOff: isEmpty };
  const done = { label: texts.done, icon: "yes", role: "main", isOff: isEmpty };
  return html`<section class="ask">
      ${heading(texts.title, texts.hint)}
      <p class="crew-count">${texts.count(Math.max(now.before, 1) + now.members.length)}</p>
      ${list(now)} ${now.members.length <= ROOM_FOR_PICTURE ? cardOnReader() : nothing} ${word(parts, now)}
    </section>
    <section class="answer">
      <div class="crew-ways">
        ${button(parts, removing, { type: "ask_crew_remove_opened" })}
        ${button(parts, done, { type: "ask_crew_finished" })}
      </div>
    </section>`;
}

function list({ person, members, before }: ScreenOf<"crew">): TemplateResult {
  const left = Math.max(0, members.length - (SHOWN - 1));
  const more = left + Math.max(0, before - 1);
  return html`<ul class="crew-list">
    <li class="crew-leader"><b>${person.masked_name ?? texts.nameless}</b><small>${texts.leader}</small></li>
    ${members.slice(left).map((member) => html`<li><b>${nameOf(member)}</b>${member.own_label === "" ? nothing : html`<small>${texts.givesBack(member.own_label)}</small>`}</li>`)}
    ${more > 0 ? html`<li class="crew-more">${texts.others(more)}</li>` : nothing}
  </ul>`;
}

function nameOf(member: CrewMember): string {
  return member.masked_name ?? texts.nameless;
}

/** What the reader and the server say of the card that is on its way or came last. */
function word(parts: Parts, now: ScreenOf<"crew">): TemplateResult {
  if (parts.dialogue.request !== null) {
    return html`<p class="crew-reading waiting">${icon("id_card")}<span>${texts.reading}</span></p>`;
  }
  if (now.word !== null) return note(twoLines(now.word.message), "crew-word");
  return html`<p class="crew-reading">${icon("id_card")}<span>${now.members.length === 0 ? texts.first : texts.next}</span></p>`;
}

export function crewRemove(parts: Parts, now: ScreenOf<"crew_remove">): TemplateResult {
  const pages = cut(now.members, CHOICES_PER_PAGE);
  const page = Math.min(now.page, pages.length - 1);
  return html`<section class="ask">${heading(texts.removeTitle, texts.removeHint)}</section>
    <section class="answer">
      <div class="crew-choices">
        ${pages[page]?.map((member) => button(parts, { label: nameOf(member), icon: "no", role: "raised" }, { type: "ask_crew_member_removed", member }))}
      </div>
      ${pages.length > 1 ? turner(parts, { page, pages: pages.length, on: nothing }) : nothing}
    </section>`;
}

/** The notice, heard by everybody at once; who is new is named, so that they step forward. */
export function crewNotice(parts: Parts, { form, page }: ScreenOf<"crew_notice">): TemplateResult {
  const { version, sentences } = parts.snapshot.notice;
  const perPage = sentencesPerPage(parts.dialogue.look, sentences.length);
  const pages = cut(sentences, perPage);
  const at = Math.min(page, pages.length - 1);
  const agree = { label: texts.agree, icon: "yes", role: "main", isOff: at < pages.length - 1 };
  return html`<section class="ask">
      ${heading(texts.noticeTitle)}
      <p class="hint">${texts.noticeFor(newcomers(form.goal?.kind === "check_in_crew" ? form.goal.members : []))}</p>
      <ol class="sentences">
        ${pages[at]?.map((sentence, n) => html`<li data-no=${at * perPage + n + 1}>${sentence}</li>`)}
      </ol>
    </section>
    <section class="answer">
      ${pages.length > 1 ? turner(parts, { page: at, pages: pages.length, on: nothing }) : nothing}
      <div class="yes-no">
        ${button(parts, agree, { type: "ask_crew_notice_accepted", version })}
        ${button(parts, { label: texts.disagree, icon: "no", role: "plain" }, { type: "went_back" })}
      </div>
    </section>`;
}

const NAMED = 3;

function newcomers(members: readonly CrewMember[]): string {
  const all = members.filter((member) => member.needs_notice).map((member) => nameOf(member));
  const named = all.slice(0, NAMED).join("、");
  return all.length > NAMED ? `${named}${texts.more(all.length)}` : named;
}
