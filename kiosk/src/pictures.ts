/** Owns the large illustrations; all drawn for this kiosk in the same flat manner. */

import { html, type TemplateResult } from "lit-html";

/** A gloved hand lays a card on the reader. */
export function cardOnReader(): TemplateResult {
  return html`<svg class="picture card-on-reader" viewBox="0 0 720 520" aria-hidden="true">
    <defs>
      <radialGradient id="glow"><stop offset="0" stop-color="#56b4e9" stop-opacity=".55" /><stop offset="1" stop-color="#56b4e9" stop-opacity="0" /></radialGradient>
      <linearGradient id="plate" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#24486b" /><stop offset="1" stop-color="#15324f" /></linearGradient>
      <linearGradient id="sleeve" x1="0.2" y1="0.1" x2="0.75" y2="0.95"><stop offset=".2" stop-color="#2a6aa0" /><stop offset="1" stop-color="#2a6aa0" stop-opacity="0" /></linearGradient>
      <linearGradient id="card" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#ffffff" /><stop offset="1" stop-color="#d7e8f5" /></linearGradient>
    </defs>
    <ellipse cx="330" cy="262" rx="330" ry="250" fill="url(#glow)" />
    <rect x="96" y="112" width="470" height="320" rx="44" fill="#0a1a2b" />
    <rect x="96" y="96" width="470" height="320" rx="44" fill="url(#plate)" stroke="#3d6790" stroke-width="4" />
    <rect x="138" y="134" width="386" height="244" rx="26" fill="none" stroke="#56b4e9" stroke-width="5" stroke-dasharray="26 18" stroke-linecap="round" />
    <g class="waves" fill="none" stroke="#56b4e9" stroke-width="9" stroke-linecap="round">
      <path d="M66 206c-22 32-22 68 0 100" /><path d="M30 176c-36 52-36 108 0 160" />
    </g>
    <g class="laying">
      <g transform="rotate(-7 340 250)">
        <rect x="182" y="160" width="316" height="200" rx="20" fill="#06121f" opacity=".45" transform="translate(8 14)" />
        <rect x="182" y="160" width="316" height="200" rx="20" fill="url(#card)" />
        <rect x="182" y="160" width="316" height="46" rx="20" fill="#2f7fb5" /><rect x="182" y="186" width="316" height="20" fill="#2f7fb5" />
        <rect x="206" y="176" width="120" height="14" rx="7" fill="#ffffff" />
        <rect x="206" y="228" width="118" height="16" rx="8" fill="#8fb2cc" /><rect x="206" y="260" width="150" height="16" rx="8" fill="#b3cbde" />
        <rect x="206" y="292" width="92" height="16" rx="8" fill="#b3cbde" /><rect x="206" y="326" width="196" height="18" rx="9" fill="#0b1f33" />
        <rect x="388" y="222" width="86" height="96" rx="12" fill="#b9d6ea" />
        <circle cx="431" cy="256" r="19" fill="#3a6d94" /><path d="M397 318c0-26 15-39 34-39s34 13 34 39z" fill="#3a6d94" />
      </g>
      <g class="hand">
        <path d="M516 428l128-62 76 88v66H562z" fill="url(#sleeve)" />
        <path d="M512 434l138-70 22 44-140 70z" fill="#f2f5f8" /><path d="M520 450l138-70M528 466l138-70" stroke="#b9c7d4" stroke-width="4" />
        <path d="M438 352c10-30 40-52 80-60 44-8 88 8 112 34l22 40-140 70c-32-8-62-26-74-52-4-10-4-22 0-32z" fill="#e69f00" />
        <path d="M520 300c-30 2-84-6-128-20-20-6-34 4-36 18-2 16 8 28 26 34 40 14 92 34 128 40z" fill="#f5b62e" />
        <path d="M366 292c-6 14 0 26 16 32" fill="none" stroke="#b97f00" stroke-width="5" stroke-linecap="round" />
        <path d="M454 398c22 8 44 10 66 6M470 420c16 6 32 8 48 4" fill="none" stroke="#b97f00" stroke-width="6" stroke-linecap="round" />
      </g>
    </g>
  </svg>`;
}

/** A clerk behind a counter: somebody is there for you. */
export function clerkAtDesk(): TemplateResult {
  return html`<svg class="picture" viewBox="0 0 720 420" aria-hidden="true">
    <ellipse cx="360" cy="230" rx="330" ry="190" fill="#56b4e9" opacity=".13" />
    <circle cx="360" cy="120" r="62" fill="#f0c9a0" />
    <path d="M296 116c-4-60 42-88 78-80 40 4 62 38 52 82-10-24-30-38-52-40-28-2-60 8-78 38z" fill="#1b2c3d" />
    <circle cx="340" cy="126" r="6" fill="#1b2c3d" /><circle cx="382" cy="126" r="6" fill="#1b2c3d" /><path d="M342 150c10 10 28 10 38 0" fill="none" stroke="#1b2c3d" stroke-width="6" stroke-linecap="round" />
    <path d="M222 330c0-92 56-142 138-142s138 50 138 142z" fill="#2f7fb5" /><path d="M326 188l34 46 34-46-34 14z" fill="#ffffff" /><rect x="416" y="252" width="46" height="30" rx="6" fill="#ffffff" />
    <rect x="84" y="312" width="552" height="34" rx="12" fill="#f2f5f8" /><rect x="116" y="346" width="488" height="74" fill="#1d4a73" />
    <rect x="140" y="258" width="96" height="58" rx="8" fill="#ffffff" /><path d="M158 278h60M158 296h38" stroke="#8fb2cc" stroke-width="8" stroke-linecap="round" />
    <path d="M540 312v-12a28 28 0 0 1 56 0v12z" fill="#e69f00" /><path d="M568 272v-12" stroke="#e69f00" stroke-width="8" stroke-linecap="round" />
  </svg>`;
}

/** A ticket that comes out of its slot; `role` says whether it moves, lies ready or is missing. */
export function ticketSlot(role: "printing" | "ready" | "missing"): TemplateResult {
  return html`<svg class="picture ticket-slot ${role}" viewBox="0 0 320 260" aria-hidden="true">
    <rect x="20" y="24" width="280" height="84" rx="22" fill="#24486b" stroke="#3d6790" stroke-width="4" />
    <rect x="56" y="72" width="208" height="16" rx="8" fill="#06121f" />
    <svg x="60" y="80" width="200" height="180" viewBox="0 0 200 180">
      <g class="slip">
        <path d="M10 0h180v150l-18-12-18 12-18-12-18 12-18-12-18 12-18-12-18 12-18-12-18 12z" fill="#ffffff" />
        <rect x="46" y="28" width="108" height="40" rx="8" fill="#0b1f33" /><rect x="34" y="84" width="132" height="12" rx="6" fill="#b3cbde" /><rect x="34" y="108" width="90" height="12" rx="6" fill="#b3cbde" />
      </g>
    </svg>
    <g class="no-paper" fill="none" stroke="#e69f00" stroke-width="12" stroke-linecap="round"><circle cx="160" cy="178" r="54" /><path d="M124 214l72-72" /></g>
    <g class="tick"><circle cx="262" cy="200" r="40" fill="#0b1f33" stroke="#ffffff" stroke-width="7" /><path d="M242 201l14 15 26-30" fill="none" stroke="#ffffff" stroke-width="9" stroke-linecap="round" stroke-linejoin="round" /></g>
  </svg>`;
}
