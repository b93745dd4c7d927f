/** Owns the frame around every screen: name, clock, way back, help, telephone lines, overlays. */

import { html, nothing, type TemplateResult } from "lit-html";
import { askTexts } from "./ask_texts.js";
import { isBusy } from "./dialogue.js";
import { button, heading, icon, type Parts } from "./parts.js";
import { postTexts } from "./post_texts.js";
import type { Dialogue } from "./screens.js";
import { texts } from "./texts.js";
import { STILL_THERE_S } from "./time.js";
import { mayGoBack } from "./trail.js";
import { askScreen } from "./view_asks.js";
import { accessButton, accessChoices } from "./view_access.js";
import { attract } from "./view_attract.js";
import { education, skill, trades } from "./view_choices.js";
import { declined, notYou, notice, reading, stopped, takingNumber } from "./view_messages.js";
import { idPad, phonePad, phoneQuestion } from "./view_pads.js";
import { choosePerson, confirm, service } from "./view_person.js";
import { ticket, ticketsToday } from "./view_ticket.js";

/** Names what is drawn; another name means that the worker sees another screen. */
export function drawingId(dialogue: Dialogue): string {
  const { screen, overlay } = dialogue;
  const page = "page" in screen ? screen.page : 0;
  const group = screen.kind === "ask_trades" ? (screen.group ?? "") : "";
  return [screen.kind, group, page, overlay?.kind ?? ""].join(":");
}

/** Draws the whole page. */
export function page(parts: Parts): TemplateResult {
  const { dialogue, snapshot } = parts;
  const isCovered = dialogue.overlay !== null;
  return html`<div
      class="kiosk"
      data-screen=${dialogue.screen.kind}
      data-size=${dialogue.look.size}
      data-contrast=${dialogue.look.isHighContrast ? "high" : "usual"}
      data-reach=${dialogue.look.isLow ? "low" : "usual"}
      data-keys=${dialogue.look.isByKeys ? "on" : "off"}
    >
      ${masthead(parts)}
      <main class="stage ${dialogue.screen.kind}" ?inert=${isCovered} aria-busy=${isBusy(dialogue) ? "true" : "false"}>
        ${screen(parts)}
      </main>
      ${rail(parts, isCovered)} ${overlay(parts)}
      <p class="spoken" aria-live="polite" role="status">${spoken(parts)}</p>
    </div>
    ${snapshot.agent_is_simulated ? parts.demo.view() : nothing}`;
}

function masthead({ dialogue, snapshot, clock }: Parts): TemplateResult {
  // A screen that waits for the server says so itself.
  const saysItself = ["reading", "taking_number", "sending"].includes(dialogue.screen.kind);
  const isAwayShown = dialogue.isAway && !saysItself;
  return html`<header class="masthead">
    <img class="mark" src="/web/img/mark.svg" alt="" />
    <p class="market-name">${snapshot.market.name}</p>
    <p class="now"><time class="time">${clock.time()}</time><span class="day">${clock.day()}</span></p>
    ${isAwayShown ? html`<p class="away" role="status">${icon("no_wire")}<span>${texts.frame.away}</span></p>` : nothing}
  </header>`;
}

function rail(parts: Parts, isCovered: boolean): TemplateResult {
  const { market } = parts.snapshot;
  const hasBack = mayGoBack(parts.dialogue);
  return html`<footer class="rail ${hasBack ? "" : "without-back"}" ?inert=${isCovered}>
    ${hasBack ? button(parts, { label: texts.frame.back, icon: "back", role: "quiet back" }, { type: "went_back" }) : nothing}
    <p class="lines">
      <span class="line">${texts.frame.hotline}<b>${market.hotline}</b></span>
      <span class="line">${texts.frame.complaintLine}<b>${market.complaint_line}</b></span>
    </p>
    ${parts.voice.button()}
    ${accessButton(parts)}
    ${button(parts, { label: texts.frame.help, icon: "help", role: "quiet help" }, { type: "help_wanted" })}
  </footer>`;
}

function screen(parts: Parts): TemplateResult | typeof nothing {
  const now = parts.dialogue.screen;
  switch (now.kind) {
    case "attract":
      return attract(parts);
    case "reading":
      return reading(parts);
    case "id_pad":
      return idPad(parts, now);
    case "phone_pad":
      return phonePad(parts, now);
    case "choose_person":
      return choosePerson(parts, now);
    case "confirm":
      return confirm(parts, now);
    case "not_you":
      return notYou(parts, now);
    case "service":
      return service(parts, now);
    case "tickets":
      return ticketsToday(parts, now);
    case "notice":
      return notice(parts, now);
    case "notice_declined":
      return declined(parts);
    case "ask_phone":
      return phoneQuestion(parts, now);
    case "ask_trades":
      return trades(parts, now);
    case "ask_education":
      return education(parts, now);
    case "ask_skill":
      return skill(parts);
    case "taking_number":
      return takingNumber(parts);
    case "ticket":
      return ticket(parts, now);
    case "stopped":
      return stopped(parts, now);
    case "leaving":
      return nothing;
    default:
      return askScreen(parts, now);
  }
}

function overlay(parts: Parts): TemplateResult | typeof nothing {
  const now = parts.dialogue.overlay;
  if (now === null) return nothing;
  if (now.kind === "access") return accessChoices(parts);
  if (now.kind === "still_there") {
    return html`<section class="overlay" role="alertdialog" aria-label=${texts.stillThere.title}>
      ${countdown(now.left_s, STILL_THERE_S)} ${heading(texts.stillThere.title, texts.stillThere.text(now.left_s))}
      ${button(parts, { label: texts.stillThere.here, icon: "yes", role: "main huge" }, { type: "overlay_closed" })}
    </section>`;
  }
  const { market } = parts.snapshot;
  return html`<section class="overlay" role="alertdialog" aria-label=${texts.help[now.bell]}>
    ${icon("help", "great")} ${heading(texts.help[now.bell], texts.help.text)}
    <p class="great-lines">
      <span>${texts.frame.hotline}<b>${market.hotline}</b></span>
      <span>${texts.frame.complaintLine}<b>${market.complaint_line}</b></span>
    </p>
    ${button(parts, { label: texts.help.close, icon: "yes", role: "main huge" }, { type: "overlay_closed" })}
  </section>`;
}

function countdown(left: number, of: number): TemplateResult {
  const around = 2 * Math.PI * 54;
  return html`<svg class="countdown" viewBox="0 0 128 128" aria-hidden="true">
    <circle class="track" cx="64" cy="64" r="54" />
    <circle class="left" cx="64" cy="64" r="54" transform="rotate(-90 64 64)" stroke-dasharray=${around} stroke-dashoffset=${around * (1 - left / of)} />
    <text x="64" y="81" text-anchor="middle">${left}</text>
  </svg>`;
}

/** Says where the worker is, once for each change; a countdown is not read out every second. */
function spoken({ dialogue }: Parts): string {
  if (dialogue.isAway) return texts.frame.away;
  if (dialogue.overlay?.kind === "still_there") return texts.stillThere.title;
  if (dialogue.overlay?.kind === "help") return texts.help[dialogue.overlay.bell];
  const now = dialogue.screen;
  switch (now.kind) {
    case "ticket":
      return `${texts.ticket.title} ${now.ticket.label}。${texts.ticket.paper[now.paper].text}`;
    case "id_pad":
    case "phone_pad":
    case "ask_phone":
      return now.error;
    case "stopped":
      return now.message;
    case "case_opened":
      return `${now.opened.case.no}。${askTexts.paper[now.paper].text}`;
    case "applied":
      return `${postTexts.applied.order(now.applied.application.order)}。${now.applied.ticket.label}`;
    case "post_list":
      return postTexts.paper[now.paper].text;
    case "told":
      return askTexts.told.titles[now.word];
    default:
      return "";
  }
}
