/** Owns the demo strip: it lays invented cards and spoils the simulated printer. */

import { html, nothing, type TemplateResult } from "lit-html";
import { Api, Refused, newKey } from "screen/api.js";
import type { Choice } from "./market.js";
import { texts } from "./texts.js";

const RETRY_MS = 2000;

/** Draws under the product and apart from it, only where the devices are simulated. */
export class Demo {
  private isOpen = false;
  private cards: readonly Choice[] = [];
  private isMissing = false;

  constructor(
    private readonly api: Api,
    private readonly redraw: () => void,
  ) {}

  view(): TemplateResult {
    return html`<aside class="demo" aria-label=${texts.demo.mark}>
      ${this.isOpen ? this.panel() : nothing}
      <button class="demo-bar" aria-expanded=${this.isOpen ? "true" : "false"} @press=${() => void this.toggle()}>
        <b class="demo-mark">${texts.demo.mark}</b>${texts.demo.lay}<span aria-hidden="true">${this.isOpen ? "▴" : "▾"}</span>
      </button>
    </aside>`;
  }

  private panel(): TemplateResult {
    return html`<div class="demo-panel">
      <p class="demo-title"><b class="demo-mark">${texts.demo.mark}</b>${texts.demo.title}</p>
      ${this.isMissing ? html`<p class="demo-title">${texts.demo.none}</p>` : nothing}
      <div class="demo-cards">
        ${this.cards.map(
          (card) => html`<button data-card=${card.id} @press=${() => void this.command({ command: "lay_card", card: card.id })}>
            ${card.name}
          </button>`,
        )}
      </div>
      <div class="demo-states">
        <span>${texts.demo.printer}</span>
        ${texts.demo.printerStates.map(
          ({ state, name }) => html`<button data-printer=${state} @press=${() => void this.command({ command: "printer", state })}>
            ${name}
          </button>`,
        )}
      </div>
    </div>`;
  }

  private async toggle(): Promise<void> {
    this.isOpen = !this.isOpen;
    this.redraw();
    // The agent tells its cards some seconds after it starts.
    while (this.isOpen && this.cards.length === 0) {
      await this.load();
      this.redraw();
      if (this.cards.length === 0) await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
    }
  }

  private async load(): Promise<void> {
    try {
      const answer = await this.api.get<{ cards: Choice[] }>("/api/v1/simulator/cards");
      this.cards = answer.body?.cards ?? [];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    this.isMissing = this.cards.length === 0;
  }

  private async command(body: Readonly<Record<string, string>>): Promise<void> {
    this.isOpen = false;
    this.redraw();
    try {
      await this.api.write<unknown>("POST", "/api/v1/simulator", body, newKey());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.isMissing = true;
      this.isOpen = true;
      this.redraw();
    }
  }
}
