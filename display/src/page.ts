/** Owns the display's page: follows the board, turns the pages, and says how old the picture is. */

import { render } from "lit-html";
import { Api, newKey, Refused } from "screen/api.js";
import { Live, type Health } from "screen/live.js";
import { ageLevel, ageMinutes } from "./age.js";
import { applyChange, type Board, type BoardChange } from "./board.js";
import { dwellMs, renewPages, startPages, turnPage, type Pages } from "./board-model.js";
import { activeCalls, activeGatherings, Announcements } from "./calls.js";
import { ServerClock } from "./clock.js";
import { keep, kept } from "./memory.js";
import { oneDay } from "./row-view.js";
import { fitRows, narrowText, textPx, type Fit } from "./sizes.js";
import { view } from "./view.js";
import { Voice } from "./voice.js";

const TICK_MS = 250;
const HEARTBEAT_MS = 10_000;
/** Each step moves the picture a little, so that no line stands on the same pixels all day. */
const SHIFT_MS = 2 * 60_000;
const SHIFTS: readonly (readonly [number, number])[] = [[0, 0], [4, 2], [8, 4], [6, 8], [2, 6], [0, 4], [4, 0]];
/** A screen whose pairing ended asks the server for its page again, but not in a tight circle. */
const REPAIR_MS = 60_000;
const PAIRING_CODES = new Set(["device_token_invalid", "device_revoked", "device_kind_forbids"]);

class DisplayPage {
  private readonly api = new Api("display");
  private readonly clock = new ServerClock();
  private readonly announcements = new Announcements();
  private readonly voice = new Voice();
  private readonly live: Live<Board, BoardChange>;
  private board: Board | null = null;
  private pages: Pages | null = null;
  private fit: Fit = { text: 1, rows: 1, hasWhere: true };
  private turnAt = 0;
  private serverTime = "";
  /** performance.now() of the server's last word; null when it never spoke. */
  private confirmedAt: number | null = null;

  constructor(private readonly root: HTMLElement) {
    this.remember();
    this.measure();
    this.live = new Live<Board, BoardChange>({
      screen: "display",
      snapshotPath: "/api/v1/board",
      revisionOf: (board) => board.revision,
      apply: applyChange,
      onSnapshot: (board) => this.show(board),
      onHealth: (health) => this.told(health),
      onRefused: (code) => this.refused(code),
    });
    window.addEventListener("resize", () => this.measure());
    window.setInterval(() => this.draw(), TICK_MS);
    window.setInterval(() => void this.report(), HEARTBEAT_MS);
    void this.stayAwake();
    document.addEventListener("visibilitychange", () => void this.stayAwake());
  }

  private remember(): void {
    const last = kept();
    if (last === null) return;
    this.confirmedAt = performance.now() - Math.max(0, Date.now() - last.confirmedAt);
    this.board = last.board;
  }

  private show(board: Board): void {
    if (board.server_time !== this.serverTime) this.clock.set(board.server_time);
    this.serverTime = board.server_time;
    this.confirmedAt = performance.now();
    this.board = board;
    this.announcements.push(board.calls, performance.now());
    this.voice.push(board.calls, board.gatherings ?? [], this.clock.now());
    if (this.pages === null) this.start(board);
    else this.pages = renewPages(this.pages, board);
    keep(board, Date.now());
    this.draw();
  }

  private told(health: Health): void {
    if (this.serverTime === "" || this.board === null) return;
    this.confirmedAt = health.confirmedAt;
    if (health.isServerThere) keep(this.board, Date.now() - (performance.now() - health.confirmedAt));
  }

  private refused(code: string): void {
    if (PAIRING_CODES.has(code) && performance.now() > REPAIR_MS) window.location.reload();
  }

  private measure(): void {
    const screen = { width: window.innerWidth, height: window.innerHeight };
    const panel = {
      inches: Number(this.root.dataset["panelInches"]),
      readerMetres: Number(this.root.dataset["readerMetres"]),
    };
    const style = getComputedStyle(this.root);
    const px = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) * (screen.height / 1080);
    const height = screen.height - px("--head") - px("--columns") - px("--foot");
    const list = { width: screen.width - 2 * px("--side"), height };
    this.fit = fitRows(textPx(panel, screen), list);
    this.root.style.setProperty("--u", `${screen.height / 1080}px`);
    this.root.style.setProperty("--rows", String(this.fit.rows));
    this.root.style.setProperty("--text", `${this.fit.text}px`);
    this.root.style.setProperty("--text-narrow", `${narrowText(this.fit.text, list.width - px("--calls"))}px`);
    if (this.board !== null) this.start(this.board);
    this.draw();
  }

  private start(board: Board): void {
    this.pages = startPages(board, this.fit.rows);
    this.turnAt = performance.now() + dwellMs(this.fit.rows);
  }

  private turnIfDue(now: number, isAnnouncing: boolean): void {
    if (this.pages === null || this.board === null) return;
    // Nobody can read the list behind an announcement: its time does not count.
    if (isAnnouncing) this.turnAt += TICK_MS;
    if (now < this.turnAt) return;
    this.pages = turnPage(this.pages, this.board);
    this.turnAt = now + dwellMs(this.fit.rows);
  }

  private draw(): void {
    const monotonic = performance.now();
    const now = this.clock.now();
    const repeated = this.announcements.repeatedAt(monotonic);
    this.turnIfDue(monotonic, repeated !== null);
    const ageMs = this.confirmedAt === null ? 0 : monotonic - this.confirmedAt;
    const calls = activeCalls(this.board?.calls ?? [], now);
    const [x, y] = SHIFTS[Math.floor(monotonic / SHIFT_MS) % SHIFTS.length] ?? [0, 0];
    this.root.style.transform = `translate(${x}px, ${y}px)`;
    render(
      view({
        board: this.board,
        pages: this.pages,
        updatedAt: this.confirmedAt === null ? null : this.clock.at(this.confirmedAt),
        age: ageLevel(ageMs),
        ageMinutes: ageMinutes(ageMs),
        calls,
        gatherings: activeGatherings(this.board?.gatherings ?? [], now),
        isCallNew: calls[0] !== undefined && this.announcements.isNew(calls[0], monotonic),
        repeated,
        look: {
          now,
          hasWhere: this.fit.hasWhere,
          showsMeeting: this.turnAt - monotonic < dwellMs(this.fit.rows) / 2,
          marksDay: oneDay(this.board?.posts ?? []) === null,
        },
      }),
      this.root,
    );
  }

  private async report(): Promise<void> {
    const build = document.querySelector<HTMLMetaElement>('meta[name="market-build"]')?.content;
    const told = { shown_revision: Math.max(this.live.shownRevision, 0), build, sound: { state: this.voice.state } };
    try {
      await this.api.write("PUT", "/api/v1/devices/me/status", told, newKey());
    } catch (error) {
      // The next heartbeat is ten seconds away; the age on the screen tells people meanwhile.
      if (!(error instanceof Refused)) throw error;
    }
  }

  private async stayAwake(): Promise<void> {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    await navigator.wakeLock.request("screen").catch(() => null);
  }
}

const root = document.querySelector<HTMLElement>("#board");
if (root !== null) {
  root.replaceChildren();
  new DisplayPage(root);
}
