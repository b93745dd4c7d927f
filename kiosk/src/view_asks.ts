/** Draws what every ask shares: the wait, what was done, and giving a number back. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { AskScreen, ScreenOf } from "./ask_screens.js";
import { askTexts } from "./ask_texts.js";
import type { Candidate, Ticket } from "./market.js";
import { button, heading, icon, twoLines, type Parts } from "./parts.js";
import { clerkAtDesk } from "./pictures.js";
import { caseAbout, caseConfirm, caseKind, caseOpened } from "./view_cases.js";
import { survey } from "./view_survey.js";
import { trainingPick, trainingWhen } from "./view_training.js";
import { crew, crewNotice, crewRemove } from "./view_crew.js";
import { waiting } from "./view_messages.js";
import { leaving } from "./view_paper.js";
import { cut, turner } from "./view_choices.js";
import { postScreen } from "./view_posts.js";

/** Draws a screen of the asks. */
export function askScreen(parts: Parts, now: AskScreen): TemplateResult {
  switch (now.kind) {
    case "asks":
      return menu(parts, now);
    case "case_kind":
      return caseKind(parts);
    case "case_about":
      return caseAbout(parts, now);
    case "case_confirm":
      return caseConfirm(parts, now);
    case "case_opened":
      return caseOpened(parts, now);
    case "cancel_which":
      return cancelWhich(parts, now);
    case "cancel":
      return cancel(parts, now);
    case "training_pick":
      return trainingPick(parts, now);
    case "training_when":
      return trainingWhen(parts);
    case "survey":
      return survey(parts, now);
    case "crew":
      return crew(parts, now);
    case "crew_remove":
      return crewRemove(parts, now);
    case "crew_notice":
      return crewNotice(parts, now);
    case "sending":
      return waiting(parts, askTexts.sending, askTexts.wait);
    case "told":
      return told(parts, now);
    default:
      return postScreen(parts, now);
  }
}

/** The way from the services to everything else. */
export function menuEntry(parts: Parts, person: Candidate): TemplateResult {
  const look = { label: askTexts.entry, hint: askTexts.entryHint, icon: "more", role: "plain whole" };
  return button(parts, look, { type: "ask_menu_opened", person });
}

const CHOICES_PER_PAGE = 6;

function menu(parts: Parts, { person, page }: ScreenOf<"asks">): TemplateResult {
  // A number or a phone is known to others too: only the card opens the records.
  const offered = askTexts.menu.choices.filter(({ choice }) => choice !== "records" || person.way === "card");
  const pages = cut(offered, CHOICES_PER_PAGE);
  const at = Math.min(page, pages.length - 1);
  return html`<section class="ask">${heading(askTexts.menu.title)}</section>
    <section class="answer">
      <div class="tiles">
        ${pages[at]?.map(({ choice, label, hint, icon: picture }) =>
          button(parts, { label, hint, icon: picture, role: "tile raised" }, { type: "ask_chosen", choice }),
        )}
      </div>
      ${pages.length > 1 ? turner(parts, { page: at, pages: pages.length, on: nothing }) : nothing}
    </section>`;
}

/** Tickets that their holder may still give back. */
export function isOpen(ticket: Ticket): boolean {
  return ticket.state === "waiting" || ticket.state === "called" || ticket.state === "no_show";
}

/** The way to give a number back, where there is one to give. */
export function cancelEntry(parts: Parts, person: Candidate): TemplateResult | typeof nothing {
  const mine = person.tickets_today.filter(isOpen);
  if (mine.length === 0) return nothing;
  const ticket = mine.length === 1 ? (mine[0] ?? null) : null;
  return button(parts, { label: askTexts.cancel.entry, icon: "no", role: "plain" }, { type: "ask_cancel_opened", person, ticket });
}

function cancelWhich(parts: Parts, { person }: ScreenOf<"cancel_which">): TemplateResult {
  return html`<section class="ask">${heading(askTexts.cancel.which)}</section>
    <section class="answer">
      <div class="column">
        ${person.tickets_today
          .filter(isOpen)
          .map((ticket) => button(parts, { label: ticket.label, hint: ticket.service_name, role: "raised" }, { type: "ask_cancel_opened", person, ticket }))}
      </div>
    </section>`;
}

function cancel(parts: Parts, { ticket }: ScreenOf<"cancel">): TemplateResult {
  const texts = askTexts.cancel;
  return html`<section class="ask">
      ${heading(texts.title)}
      <p class="ticket-number">${ticket.label}</p>
      <p class="hint">${twoLines(ticket.people > 1 ? texts.crewHint(ticket.people) : texts.hint)}</p>
    </section>
    <section class="answer">
      <div class="column">
        ${button(parts, { label: texts.found, icon: "find_work", role: "raised" }, { type: "ask_cancelled", reason: "found_work" })}
        ${button(parts, { label: texts.leaving, icon: "door", role: "raised" }, { type: "ask_cancelled", reason: "leaving" })}
        ${button(parts, { label: texts.keep, icon: "yes", role: "main" }, { type: "went_back" })}
      </div>
    </section>`;
}

function told(parts: Parts, now: ScreenOf<"told">): TemplateResult {
  const title = askTexts.told.titles[now.word];
  const text = askTexts.told.texts[now.word](twoLines(now.detail));
  return html`<section class="ask wide" data-word=${now.word}>
      ${now.word === "refused" ? clerkAtDesk() : icon("yes", "great")} ${heading(title, text)}
    </section>
    <section class="answer">
      ${button(parts, { label: askTexts.told.done, icon: "yes", role: "main huge" }, { type: "finished" })} ${leaving(now.left_s, null)}
    </section>`;
}
