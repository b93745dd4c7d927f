/** Draws the truth about a paper, and the seconds until its screen goes. */

import { html, type TemplateResult } from "lit-html";
import { ticketSlot } from "./pictures.js";
import type { Paper } from "./screens.js";
import { texts } from "./texts.js";
import { LEAVE_AFTER_PAPER_S, LEAVE_WITHOUT_PAPER_S, TOLD_S } from "./time.js";

const ROLE_OF_PAPER: Readonly<Record<Paper, "printing" | "ready" | "missing">> = {
  printing: "printing",
  printed: "ready",
  missing: "missing",
  uncertain: "missing",
  late: "missing",
  not_asked: "ready",
};

export interface PaperWords {
  readonly title: string;
  readonly text: string;
}

/** Draws what has become of a paper; `code`: of a ticket whose QR code stands in for the paper. */
export function paperWord(paper: Paper, { title, text }: PaperWords, code: string | null = null): TemplateResult {
  const role = ROLE_OF_PAPER[paper];
  return html`<div class="paper ${role}" data-paper=${paper}>
    ${role === "missing" && code !== null ? qrCode(code) : ticketSlot(role)}
    <div>
      <p class="paper-title">${title}</p>
      <p class="paper-text">${text}</p>
    </div>
  </div>`;
}

/** A telephone that takes a picture of it follows the number without paper. */
function qrCode(code: string): TemplateResult {
  const hide = (event: Event): void => {
    if (event.currentTarget instanceof Element) event.currentTarget.classList.add("is-broken");
  };
  return html`<img class="qr" src=${`/t/${encodeURIComponent(code)}/qr.svg`} alt=${texts.ticket.qr} @error=${hide} />`;
}

/** Draws the seconds until the screen goes, as a bar that empties and in words; null: no paper. */
export function leaving(left: number, paper: Paper | null): TemplateResult {
  const withPaper = paper === "printed" ? LEAVE_AFTER_PAPER_S : LEAVE_WITHOUT_PAPER_S;
  const of = paper === null ? TOLD_S : withPaper;
  return html`<div class="leaving">
    <svg class="leaving-bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="2" rx="1" /><rect class="left" width=${(100 * left) / of} height="2" rx="1" />
    </svg>
    <p><span>${texts.ticket.takeCard}</span><span>${texts.ticket.leaving(left)}</span></p>
  </div>`;
}
