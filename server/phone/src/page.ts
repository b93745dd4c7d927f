/** Owns a ticket's page: the server drew it; this keeps its place, its call and its posts current. */

import { Live, type Health } from "screen/live.js";
import { placeInLine, type LineChange, type Post, type Ticket } from "./line.js";

const POLL_MS = 120_000;
/** Hundreds of phones look at the same moment: they spread over this. */
const SPREAD_MS = 20_000;
const STALE_AFTER_MS = 3 * 60_000;
const LOOK_AGAIN_AFTER_MS = 15_000;
const DOTS_SHOWN = 7;
const BUZZ: readonly number[] = [500, 200, 500, 200, 900];

class TicketPage {
  private readonly live: Live<Ticket, LineChange>;
  private readonly title = document.title;
  private call = "";
  private isConnected = false;

  constructor(
    private readonly root: HTMLElement,
    code: string,
  ) {
    this.live = new Live<Ticket, LineChange>({
      screen: "phone",
      code,
      snapshotPath: `/api/v1/tickets/${code}`,
      pollMs: POLL_MS,
      spreadMs: SPREAD_MS,
      revisionOf: (ticket) => ticket.revision,
      apply: (ticket, change) => this.applied(ticket, change),
      onSnapshot: (ticket) => this.show(ticket),
      onHealth: (health) => this.tellHealth(health),
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.live.ageMs > LOOK_AGAIN_AFTER_MS) void this.live.refresh();
    });
    window.setInterval(() => this.drawFreshness(), LOOK_AGAIN_AFTER_MS);
  }

  private applied(ticket: Ticket, change: LineChange): Ticket | null {
    if (change.posts && !document.hidden) this.live.refreshSoon();
    if (this.root.dataset["state"] === "over") return { ...ticket, revision: change.to };
    return placeInLine(ticket, change);
  }

  private show(ticket: Ticket): void {
    if (this.root.dataset["state"] !== "over") this.root.dataset["state"] = ticket.cancel_reason === "missed" ? "missed" : ticket.state;
    this.fill("ahead", String(ticket.ahead));
    this.fill("people", String(ticket.people));
    this.root.querySelector("#crew")?.toggleAttribute("hidden", ticket.people < 2);
    this.fill("desk", ticket.desk_no === null ? "" : String(ticket.desk_no));
    for (const line of this.root.querySelectorAll<HTMLElement>("[data-ahead]")) {
      line.hidden = (line.dataset["ahead"] === "some") === (ticket.ahead === 0);
    }
    drawQueue(ticket.ahead);
    drawPosts(ticket.posts);
    this.announce(ticket);
    this.drawFreshness();
  }

  private fill(name: string, text: string): void {
    for (const place of this.root.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
  }

  /** Buzzes once for each call, the first and every repeated one. */
  private announce(ticket: Ticket): void {
    const isCalled = ticket.state === "called" && this.root.dataset["state"] !== "over";
    document.title = isCalled ? (this.root.querySelector<HTMLElement>(".called")?.innerText ?? this.title) : this.title;
    const call = isCalled ? `${ticket.desk_no ?? ""} ${ticket.recalls ?? this.call.split(" ")[1] ?? 0}` : "";
    // Browsers let a page buzz only after its first touch.
    if (call !== "" && call !== this.call && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([...BUZZ]);
    this.call = call;
  }

  private tellHealth(health: Health): void {
    this.isConnected = health.isConnected || health.isServerThere;
    this.drawFreshness();
  }

  private drawFreshness(): void {
    const mark = document.querySelector<HTMLElement>("#fresh");
    if (mark === null) return;
    mark.hidden = false;
    mark.classList.toggle("is-stale", !this.isConnected || this.live.ageMs > STALE_AFTER_MS);
  }
}

function drawQueue(ahead: number): void {
  const queue = document.querySelector("#queue");
  const me = queue?.querySelector(".me");
  if (queue === null || !me) return;
  queue.replaceChildren(...Array.from({ length: Math.min(ahead, DOTS_SHOWN) }, () => document.createElement("li")), me);
}

function drawPosts(posts: readonly Post[]): void {
  const section = document.querySelector<HTMLElement>("#posts");
  const template = document.querySelector<HTMLTemplateElement>("#post-template");
  if (section === null || template === null) return;
  section.hidden = posts.length === 0;
  section.querySelector("ol")?.replaceChildren(...posts.map((post) => drawPost(template, post)));
}

function drawPost(template: HTMLTemplateElement, post: Post): DocumentFragment {
  const drawn = template.content.cloneNode(true) as DocumentFragment;
  const [, month = 0, day = 0] = post.work_day.split("-").map(Number);
  const texts: Readonly<Record<string, string>> = {
    trade_name: post.trade_name,
    pay: post.pay,
    left: String(post.left),
    settlement: post.settlement,
    day: `${month}月${day}日`,
    hours: post.hours,
    place: post.place,
    meeting: post.meeting,
    transport: post.transport,
    employer: post.employer,
    applied: String(post.applied),
  };
  for (const place of drawn.querySelectorAll<HTMLElement>("[data-post]")) {
    place.textContent = texts[place.dataset["post"] ?? ""] ?? "";
  }
  const shown: Readonly<Record<string, boolean>> = {
    lunch: post.lunch,
    is_urgent: post.is_urgent,
    applied: post.applied > 0,
    meeting: post.meeting.trim() !== "",
  };
  for (const row of drawn.querySelectorAll<HTMLElement>("[data-row]")) {
    row.hidden = !(shown[row.dataset["row"] ?? ""] ?? true);
  }
  return drawn;
}

const root = document.querySelector<HTMLElement>("#ticket");
const code = root?.dataset["code"];
if (root !== null && code !== undefined) new TicketPage(root, code);
