/** Draws the screen that waits for the next worker. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Demand, Snapshot } from "./market.js";
import { button, deskClosed, icon, note, type Parts } from "./parts.js";
import { cardOnReader } from "./pictures.js";
import { texts } from "./texts.js";

const WANTED_SHOWN = 4;

export function attract(parts: Parts): TemplateResult {
  const { snapshot } = parts;
  const isReaderAway = snapshot.reader.state === "offline";
  return html`<section class="ask">
      ${isReaderAway ? html`${icon("keypad", "great")}` : cardOnReader()}
      <h1 class="title" tabindex="-1" data-focus>${isReaderAway ? texts.attract.readerAwayTitle : texts.attract.title}</h1>
      ${isReaderAway ? note(texts.attract.readerAway) : html`<p class="hint">${texts.attract.hint}</p>`}
    </section>
    <section class="answer">
      ${snapshot.desk.is_open ? nothing : deskClosed(texts.attract.deskClosed(snapshot.desk.opens))} ${today(snapshot)} ${printerNote(parts.dialogue.printer)}
      <p class="or">${texts.attract.or}</p>
      <div class="ways">
        ${button(parts, { label: texts.attract.idPad, icon: "keypad", role: "raised" }, { type: "id_pad_opened" })}
        ${button(parts, { label: texts.attract.phonePad, hint: texts.attract.phonePadHint, icon: "phone", role: "raised" }, { type: "phone_pad_opened" })}
      </div>
    </section>`;
}

function today(snapshot: Snapshot): TemplateResult {
  if (snapshot.open_headcount === 0) return html`<p class="today empty">${texts.attract.nobodyWanted}</p>`;
  const wanted = snapshot.top_trades.slice(0, WANTED_SHOWN);
  return html`<div class="today">
    <p class="open-count">
      <span>${texts.attract.openToday}</span><b>${snapshot.open_headcount}</b><span>${texts.attract.people}</span>
    </p>
    <ul class="wanted">
      ${wanted.map((demand) => html`<li>${icon(iconOf(snapshot, demand))}<span class="wanted-name">${demand.name}</span><b>${demand.headcount}</b></li>`)}
    </ul>
  </div>`;
}

function iconOf(snapshot: Snapshot, demand: Demand): string {
  const all = snapshot.trade_groups.flatMap((page) => page.trades);
  return all.find((trade) => trade.id === demand.trade_id)?.icon ?? "find_work";
}

/** Tells the truth about paper; a number can always be taken. */
function printerNote(state: string): TemplateResult | typeof nothing {
  const text = texts.printer[state];
  return text === undefined ? nothing : note(text, "paper-note");
}
