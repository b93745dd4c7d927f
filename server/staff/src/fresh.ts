/** Owns how regions stay fresh: a word from live, a look every 20 s, never under somebody's hands. */

import { io } from "socket.io-client";

const POLL_MS = 20_000;
const PAUSE_MS = 400;
const STALE_MS = 50_000;
const TICK_MS = 1_000;
/** A refusal stands at least this long before fresh data may take its place. */
const READING_MS = 15_000;

type LiveState = "live" | "poll" | "away";

interface Nudge {
  readonly subjects?: readonly string[];
}

interface Signal {
  readonly kind: string;
}

/** Fired by htmx after each answer; only what is read here. */
interface AnswerDetail {
  readonly xhr: XMLHttpRequest;
  readonly successful: boolean;
}

class Freshness {
  private readonly waiting = new Set<string>();
  private timer = 0;
  private state: LiveState = "poll";
  private isConnected = false;
  private confirmedAt = performance.now();
  private time = document.getElementById("data-time")?.textContent ?? "";

  start(): void {
    this.connect();
    window.setInterval(() => this.refreshAll(), POLL_MS);
    window.setInterval(() => this.show(), TICK_MS);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.refreshAll();
    });
    document.body.addEventListener("htmx:afterRequest", (event) => this.onAnswer((event as CustomEvent<AnswerDetail>).detail));
    document.body.addEventListener("htmx:afterSwap", () => this.show());
  }

  private connect(): void {
    const address = document.querySelector<HTMLMetaElement>('meta[name="market-live"]')?.content;
    if (address === undefined) return;
    const socket = io(address, { transports: ["websocket"], withCredentials: true, reconnectionDelayMax: 5000, auth: { screen: "desk", code: "" } });
    socket.on("connect", () => this.onConnection(true));
    socket.on("disconnect", () => this.onConnection(false));
    socket.on("change", (change: Nudge) => this.ask(change.subjects ?? []));
    socket.on("signal", (signal: Signal) => this.ask([signal.kind]));
  }

  private onConnection(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.show();
    if (isConnected) this.refreshAll();
  }

  /** Asks for the regions that show one of these subjects; a burst of words becomes one request. */
  private ask(subjects: readonly string[]): void {
    for (const subject of subjects) this.waiting.add(subject.replace(/s$/, ""));
    if (this.timer === 0) this.timer = window.setTimeout(() => this.flush(), PAUSE_MS);
  }

  private flush(): void {
    this.timer = 0;
    const subjects = new Set(this.waiting);
    this.waiting.clear();
    this.refresh((wanted) => wanted.some((subject) => subjects.has(subject)));
  }

  private refreshAll(): void {
    this.refresh(() => true);
  }

  private refresh(concerns: (subjects: readonly string[]) => boolean): void {
    for (const region of document.querySelectorAll<HTMLElement>("[data-subjects]")) {
      const subjects = (region.dataset["subjects"] ?? "").split(" ");
      if (concerns(subjects) && !isInUse(region)) region.dispatchEvent(new Event("refresh"));
    }
  }

  private onAnswer(detail: AnswerDetail): void {
    const time = detail.xhr.getResponseHeader("X-Market-Time");
    if (time === null) return;
    this.confirmedAt = performance.now();
    this.time = this.time.replace(/\d\d:\d\d:\d\d$/, time);
    this.show();
  }

  private show(): void {
    const isStale = performance.now() - this.confirmedAt > STALE_MS;
    this.state = isStale ? "away" : this.isConnected ? "live" : "poll";
    const shown = document.getElementById("live");
    if (shown !== null) shown.dataset["state"] = this.state;
    const time = document.getElementById("data-time");
    if (time !== null && time.textContent !== this.time) time.textContent = this.time;
  }
}

/** Whether somebody is deciding or typing in a region: it is left alone until they are done. */
export function isInUse(region: HTMLElement): boolean {
  if (region.querySelector("details[open], .htmx-request") !== null) return true;
  const said = region.querySelector<HTMLElement>(".alert[data-since]");
  if (said !== null && performance.now() - Number(said.dataset["since"]) < READING_MS) return true;
  const active = document.activeElement;
  return active instanceof HTMLElement && region.contains(active) && active.matches("input, select, textarea");
}

export function keepFresh(): void {
  if (document.querySelector("[data-subjects]") !== null) new Freshness().start();
}
