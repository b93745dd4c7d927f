/** Draws tickets: the new one with the truth about its paper, and those of today. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Ticket } from "./market.js";
import { askTexts } from "./ask_texts.js";
import { button, deskClosed, heading, type Parts } from "./parts.js";
import type { Screen } from "./screens.js";
import { texts } from "./texts.js";
import { cancelEntry } from "./view_asks.js";
import { leaving, paperWord } from "./view_paper.js";

type TicketScreen = Extract<Screen, { kind: "ticket" }>;

export function ticket(parts: Parts, screen: TicketScreen): TemplateResult {
  const shown = screen.ticket;
  const { desk } = parts.snapshot;
  return html`<section class="ask">
      <h1 class="ticket-title" tabindex="-1" data-focus>${screen.isCopy ? texts.ticket.copyTitle : texts.ticket.title}</h1>
      <p class="ticket-number">${shown.label}</p>
      <p class="ticket-facts"><span class="ticket-service">${service(shown)}</span><span>${place(shown)}</span></p>
    </section>
    <section class="answer">
      ${desk.is_open ? nothing : deskClosed(texts.ticket.deskClosed(desk.opens))} ${ticketPaper(parts, screen)}
      <div class="ticket-ways">
        ${screen.paper === "not_asked"
          ? button(parts, { label: texts.today.copy, icon: "printer", role: "raised" }, { type: "copy_wanted", ticket: shown })
          : nothing}
        ${button(parts, { label: texts.ticket.done, icon: "yes", role: "main" }, { type: "finished" })}
      </div>
      ${leaving(screen.left_s, screen.paper)}
    </section>`;
}

function ticketPaper(parts: Parts, { paper, ticket: { code } }: TicketScreen): TemplateResult {
  const words = texts.ticket.paper[paper];
  const isBroken = paper === "missing" && parts.dialogue.printer !== "paper_out";
  return paperWord(paper, isBroken ? { ...words, title: texts.ticket.broken } : words, code);
}

/** What the ticket is for; a crew's says for how many. */
function service(shown: Ticket): string {
  return shown.people > 1 ? `${shown.service_name} · ${texts.ticket.crew(shown.people)}` : shown.service_name;
}

/** Where the ticket stands: how many before it, or which desk asks for it. */
export function place(shown: Ticket): TemplateResult | string {
  if (shown.state === "waiting") {
    return shown.ahead === 0 ? texts.ticket.nobodyAhead : texts.ticket.ahead(shown.ahead);
  }
  const isAsked = shown.state === "called" || shown.state === "serving";
  return isAsked && shown.desk_no !== null ? texts.ticket.desk(shown.desk_no) : (texts.ticket.states[shown.state] ?? "");
}

export function ticketsToday(parts: Parts, screen: Extract<Screen, { kind: "tickets" }>): TemplateResult {
  const tickets = screen.person.tickets_today;
  const [only, ...others] = tickets;
  const title = tickets.some(isMissed) ? heading(askTexts.missed.title, askTexts.missed.hint) : heading(texts.today.title);
  return html`<section class="ask">
      ${title}
      ${only !== undefined && others.length === 0 ? oneOfToday(only) : nothing}
    </section>
    <section class="answer">
      <div class="column">
        ${others.length === 0 ? nothing : tickets.map((one) => rowOfToday(parts, one))}
        ${only !== undefined && others.length === 0
          ? wayOn(parts, only, "main")
          : nothing}
        ${button(parts, { label: texts.today.other, icon: "find_work", role: "raised" }, { type: "other_business_wanted" })}
        <div class="last-ways">
          ${cancelEntry(parts, screen.person)}
          ${button(parts, { label: texts.today.finish, icon: "door", role: "plain" }, { type: "finished" })}
        </div>
      </div>
    </section>`;
}

function oneOfToday(shown: Ticket): TemplateResult {
  return html`<p class="ticket-number">${shown.label}</p>
    <p class="ticket-facts"><span class="ticket-service">${service(shown)}</span><span>${place(shown)}</span></p>`;
}

function rowOfToday(parts: Parts, shown: Ticket): TemplateResult {
  return html`<div class="today-row">
    <b class="today-label">${shown.label}</b><span class="today-words">${shown.service_name}${shown.people > 1 ? html`<small>${texts.ticket.crew(shown.people)}</small>` : nothing}<small>${place(shown)}</small></span>
    ${wayOn(parts, shown, "raised")}
  </div>`;
}

function isMissed(shown: Ticket): boolean {
  return shown.state === "no_show";
}

/** What may be done with a number of today: another paper, or back into the line. */
function wayOn(parts: Parts, shown: Ticket, role: "main" | "raised"): TemplateResult {
  return isMissed(shown)
    ? button(parts, { label: askTexts.missed.back, icon: "yes", role }, { type: "ask_returned", ticket: shown })
    : button(parts, { label: texts.today.copy, icon: "printer", role }, { type: "copy_wanted", ticket: shown });
}
