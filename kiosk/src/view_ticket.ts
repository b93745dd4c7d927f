/** Draws tickets: the new one with the truth about its paper, and those of today. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Ticket } from "./market.js";
import { button, deskClosed, heading, type Parts } from "./parts.js";
import { ticketSlot } from "./pictures.js";
import type { Paper, Screen } from "./screens.js";
import { texts } from "./texts.js";
import { LEAVE_AFTER_PAPER_S, LEAVE_WITHOUT_PAPER_S } from "./time.js";

type TicketScreen = Extract<Screen, { kind: "ticket" }>;

const ROLE_OF_PAPER: Readonly<Record<Paper, "printing" | "ready" | "missing">> = {
  printing: "printing",
  printed: "ready",
  missing: "missing",
  uncertain: "missing",
  late: "missing",
  not_asked: "ready",
};

export function ticket(parts: Parts, screen: TicketScreen): TemplateResult {
  const shown = screen.ticket;
  const { desk } = parts.snapshot;
  return html`<section class="ask">
      <h1 class="ticket-title" tabindex="-1" data-focus>${screen.isCopy ? texts.ticket.copyTitle : texts.ticket.title}</h1>
      <p class="ticket-number">${shown.label}</p>
      <p class="ticket-facts"><span class="ticket-service">${shown.service_name}</span><span>${place(shown)}</span></p>
    </section>
    <section class="answer">
      ${desk.is_open ? nothing : deskClosed(texts.ticket.deskClosed(desk.opens))} ${paperWord(parts, screen)}
      <div class="ticket-ways">
        ${screen.paper === "not_asked"
          ? button(parts, { label: texts.today.copy, icon: "printer", role: "raised" }, { type: "copy_wanted", ticket: shown })
          : nothing}
        ${button(parts, { label: texts.ticket.done, icon: "yes", role: "main" }, { type: "finished" })}
      </div>
      ${leaving(screen)}
    </section>`;
}

function paperWord(parts: Parts, screen: TicketScreen): TemplateResult {
  const { title, text } = texts.ticket.paper[screen.paper];
  const isBroken = screen.paper === "missing" && parts.dialogue.printer !== "paper_out";
  return html`<div class="paper ${ROLE_OF_PAPER[screen.paper]}" data-paper=${screen.paper}>
    ${ticketSlot(ROLE_OF_PAPER[screen.paper])}
    <div>
      <p class="paper-title">${isBroken ? texts.ticket.broken : title}</p>
      <p class="paper-text">${text}</p>
    </div>
  </div>`;
}

/** The seconds until the screen goes, as a bar that empties and in words. */
function leaving(screen: TicketScreen): TemplateResult {
  const of = screen.paper === "printed" ? LEAVE_AFTER_PAPER_S : LEAVE_WITHOUT_PAPER_S;
  return html`<div class="leaving">
    <svg class="leaving-bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="2" rx="1" /><rect class="left" width=${(100 * screen.left_s) / of} height="2" rx="1" />
    </svg>
    <p><span>${texts.ticket.takeCard}</span><span>${texts.ticket.leaving(screen.left_s)}</span></p>
  </div>`;
}

/** Where the ticket stands: how many before it, or which desk asks for it. */
function place(shown: Ticket): TemplateResult | string {
  if (shown.state === "waiting") {
    return shown.ahead === 0 ? texts.ticket.nobodyAhead : texts.ticket.ahead(shown.ahead);
  }
  const isAsked = shown.state === "called" || shown.state === "serving";
  return isAsked && shown.desk_no !== null ? texts.ticket.desk(shown.desk_no) : (texts.ticket.states[shown.state] ?? "");
}

export function ticketsToday(parts: Parts, screen: Extract<Screen, { kind: "tickets" }>): TemplateResult {
  const tickets = screen.person.tickets_today;
  const [only, ...others] = tickets;
  return html`<section class="ask">
      ${heading(texts.today.title)}
      ${only !== undefined && others.length === 0 ? oneOfToday(only) : nothing}
    </section>
    <section class="answer">
      <div class="column">
        ${others.length === 0 ? nothing : tickets.map((one) => rowOfToday(parts, one))}
        ${only !== undefined && others.length === 0
          ? button(parts, { label: texts.today.copy, icon: "printer", role: "main" }, { type: "copy_wanted", ticket: only })
          : nothing}
        ${button(parts, { label: texts.today.other, icon: "find_work", role: "raised" }, { type: "other_business_wanted" })}
        ${button(parts, { label: texts.today.finish, icon: "door", role: "plain" }, { type: "finished" })}
      </div>
    </section>`;
}

function oneOfToday(shown: Ticket): TemplateResult {
  return html`<p class="ticket-number">${shown.label}</p>
    <p class="ticket-facts"><span class="ticket-service">${shown.service_name}</span><span>${place(shown)}</span></p>`;
}

function rowOfToday(parts: Parts, shown: Ticket): TemplateResult {
  return html`<div class="today-row">
    <b class="today-label">${shown.label}</b><span class="today-words">${shown.service_name}<small>${place(shown)}</small></span>
    ${button(parts, { label: texts.today.copy, icon: "printer", role: "raised" }, { type: "copy_wanted", ticket: shown })}
  </div>`;
}
