/** Owns what happens around a swap: a refusal never wipes a page, lists keep their place. */

import { isInUse } from "./fresh.js";

interface SwapDetail {
  readonly xhr: XMLHttpRequest;
  readonly target: HTMLElement;
  shouldSwap: boolean;
}

const MAIN = 'id="main"';

export function guardSwaps(): void {
  const kept = new Map<string, number>();
  document.body.addEventListener("htmx:beforeRequest", () => showTrouble(null));
  document.body.addEventListener("htmx:sendError", () => showTrouble("trouble-away"));
  document.body.addEventListener("htmx:timeout", () => showTrouble("trouble-away"));
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const detail = (event as CustomEvent<SwapDetail>).detail;
    guard(detail);
    // Asked for before somebody began to decide there: what they are looking at stays.
    if (detail.target.hasAttribute("data-subjects") && isInUse(detail.target)) detail.shouldSwap = false;
    for (const list of document.querySelectorAll<HTMLElement>("[data-keep-scroll]")) kept.set(list.id, list.scrollTop);
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    for (const [id, top] of kept) document.getElementById(id)?.scrollTo({ top });
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if ((event.target as HTMLElement).id === "main") showFault();
  });
}

function guard(detail: SwapDetail): void {
  const { status, responseText } = detail.xhr;
  if (status < 400) return;
  if (status === 401) {
    detail.shouldSwap = false;
    showTrouble("trouble-signed-out");
  } else if (status >= 500) {
    showTrouble("trouble-away");
  } else if (detail.target.id === "main" && !responseText.includes(MAIN)) {
    detail.shouldSwap = false;
    const said = new DOMParser().parseFromString(responseText, "text/html").querySelector("h1");
    showTrouble("trouble-said", said?.textContent ?? "");
  }
}

/** Shows one line of trouble above the page, or none. */
function showTrouble(id: string | null, sentence?: string): void {
  for (const line of document.querySelectorAll<HTMLElement>(".troubles > *")) {
    if (line.id === id && sentence !== undefined) line.textContent = sentence;
    line.hidden = line.id !== id;
  }
}

function showFault(): void {
  for (const alert of document.querySelectorAll<HTMLElement>("#main .alert")) alert.dataset["since"] = String(performance.now());
  const faulty = document.querySelector<HTMLElement>('#main [aria-invalid="true"]') ?? document.querySelector<HTMLElement>("#main .alert");
  if (faulty === null) return;
  if (faulty.matches(".alert")) faulty.tabIndex = -1;
  faulty.focus();
  faulty.scrollIntoView({ block: "nearest" });
}
