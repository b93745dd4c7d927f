/** Connects the kiosk's parts: dialogue, drawing, touch, requests, signals and the demo strip. */

import { Api, newKey } from "screen/api.js";
import { Live } from "screen/live.js";
import { choicesOn } from "./choices.js";
import { ServerClock } from "./clock.js";
import { Demo } from "./demo.js";
import { step } from "./dialogue.js";
import { draw } from "./fit.js";
import { startHeartbeat } from "./heartbeat.js";
import { InkReader } from "./ink_reader.js";
import { listenToKeys } from "./keys.js";
import type { PrinterState, Snapshot, SnapshotChange } from "./market.js";
import { measurePanel } from "./panel.js";
import { NameBook } from "./name_book.js";
import { Requests } from "./requests.js";
import type { Dialogue, Event } from "./screens.js";
import { Signals } from "./signals.js";
import { Touch } from "./touch.js";
import { begin } from "./trail.js";
import { listenToWedge } from "./wedge.js";
import { drawingId } from "./view.js";
import { Voice } from "./voice.js";

const SECOND_MS = 1000;
const HOME = "/kiosk/";

class Kiosk {
  private dialogue: Dialogue = begin(newKey());
  private snapshot: Snapshot | null = null;
  private drawn = "";
  private isLeaving = false;
  private readonly api = new Api("kiosk");
  private readonly clock = new ServerClock();
  private readonly requests = new Requests(this.api, (event) => this.tell(event));
  private readonly signals = new Signals(this.api, (event) => this.tell(event));
  private readonly demo = new Demo(this.api, () => this.draw());
  private readonly names = new NameBook(this.api, () => this.draw());
  private readonly ink = new InkReader(this.api, (event) => this.tell(event));
  private readonly voice = new Voice(() => this.draw());
  private readonly touch: Touch;

  constructor(private readonly root: HTMLElement) {
    measurePanel(Number(root.dataset["panelInches"]));
    this.touch = new Touch(root, () => this.tell({ type: "touched" }));
    listenToWedge((value) => this.tell({ type: "scanned", way: "ticket_code", value }));
    listenToKeys(root, {
      dialogue: () => this.dialogue,
      tell: (event) => this.tell(event),
      sayAgain: () => this.voice.sayAgain(),
      pad: () => this.names.pad,
    });
    const live = new Live<Snapshot, SnapshotChange>({
      screen: "kiosk",
      snapshotPath: "/api/v1/kiosk",
      revisionOf: (snapshot) => snapshot.revision,
      apply: (snapshot, { from: _from, to, ...changed }) => ({ ...snapshot, ...changed, revision: to }),
      onSnapshot: (snapshot) => this.show(snapshot),
      onSignal: (signal) => this.signals.push(signal),
      onHealth: (health) => {
        this.signals.connected(health.isConnected);
        this.tell({ type: "health_told", isAway: !health.isServerThere });
      },
      // Nobody's dialogue is cut off by an upgrade: it is told again with every snapshot.
      onUpgrade: () => {
        if (this.dialogue.screen.kind === "attract") window.location.reload();
      },
    });
    startHeartbeat(
      this.api,
      () => live.shownRevision,
      () => this.voice.state,
      (isAway) => this.tell({ type: "health_told", isAway }),
    );
    window.setInterval(() => this.tell({ type: "tick" }), SECOND_MS);
  }

  private show(snapshot: Snapshot): void {
    if (snapshot.server_time !== this.snapshot?.server_time) {
      this.clock.set(snapshot.server_time);
      this.signals.check();
    }
    this.snapshot = snapshot;
    this.voice.hear(snapshot);
    this.tell({ type: "printer_told", state: snapshot.printer.state as PrinterState });
    void this.names.fetch();
    void this.signals.begin(this.clock.now().getTime());
    this.draw();
  }

  private tell(event: Event): void {
    this.dialogue = step(this.dialogue, event, newKey());
    this.requests.follow(this.dialogue);
    this.ink.follow(this.dialogue);
    if (this.dialogue.screen.kind === "leaving") {
      if (!this.isLeaving) void this.leave();
      return;
    }
    if (event.type === "touched") this.voice.touched();
    else this.draw();
  }

  /** Replaces the page, which leaves nothing to go back to; without a server the dialogue alone is begun anew. */
  private async leave(): Promise<void> {
    this.isLeaving = true;
    const isThere = await this.api.isThere(HOME);
    if (isThere) window.location.replace(HOME);
    this.isLeaving = isThere;
    if (!isThere) this.tell({ type: "stayed" });
  }

  private draw(): void {
    if (this.snapshot === null) return;
    // What the server drew stays until now: lit only adds to it.
    if (this.drawn === "") this.root.replaceChildren();
    const tell = (event: Event): void => this.tell(event);
    const parts = { dialogue: this.dialogue, snapshot: this.snapshot, clock: this.clock, demo: this.demo, voice: this.voice, names: this.names.pad, tell };
    draw(parts, this.root);
    this.voice.follow(this.dialogue, this.dialogue.look.isByKeys ? choicesOn(this.root) : []);
    const id = drawingId(this.dialogue);
    if (id === this.drawn) return;
    this.drawn = id;
    this.touch.drawn();
    this.root.querySelector<HTMLElement>("[data-focus]")?.focus({ preventScroll: true });
  }
}

const root = document.querySelector<HTMLElement>("#kiosk");
if (root !== null) new Kiosk(root);
