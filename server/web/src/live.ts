/** Owns a screen's socket and its snapshot: push is an optimisation, the snapshot is the truth. */

import { io, type Socket } from "socket.io-client";
import { Api, Refused, type ScreenKind } from "./api.js";

const POLL_MS = 20_000;
/** Without a socket nothing else tells of a change; the many of a kind that spread ask less. */
const POLL_ALONE_MS = 5_000;
const RETRY_MS = 2_000;
/** A socket that live refused is tried again: the screen may have been paired meanwhile. */
const REFUSED_RETRY_MS = 10_000;

export interface Change {
  readonly from: number;
  readonly to: number;
}

export interface Signal {
  readonly id: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Hello {
  readonly revision: number;
}

export interface LiveOptions<S, C extends Change> {
  readonly screen: ScreenKind;
  /** Path of the snapshot, such as "/api/v1/board". */
  readonly snapshotPath: string;
  /** Ticket code of a phone. */
  readonly code?: string;
  /** Milliseconds between two looks at the snapshot while the socket is open; 20 s by default. */
  readonly pollMs?: number;
  /** Milliseconds over which many screens of a kind spread their looks; 0 by default. */
  readonly spreadMs?: number;
  revisionOf(snapshot: S): number;
  /** Returns the snapshot after a change, or null to fetch a fresh one. */
  apply(snapshot: S, change: C): S | null;
  onSnapshot(snapshot: S): void;
  onSignal?(signal: Signal): void;
  /** Called when the connection or the age of the data changes. */
  onHealth?(health: Health): void;
  /** Called when the server refuses the snapshot, with its machine code. */
  onRefused?(code: string): void;
  /** Called when the server has newer pages; reloads by default. */
  onUpgrade?(): void;
}

export interface Health {
  readonly isConnected: boolean;
  /** Whether the last request for the snapshot was answered. */
  readonly isServerThere: boolean;
  /** performance.now() of the last word from the server that the data is current. */
  readonly confirmedAt: number;
}

/** Keeps one snapshot current: on connect, on a gap, every 20 s, and by numbered changes. */
export class Live<S, C extends Change> {
  private readonly api: Api;
  private snapshot: S | null = null;
  private revision = -1;
  private etag: string | undefined;
  private confirmedAt = performance.now();
  private isServerThere = true;
  private fetching: Promise<void> | null = null;
  private isStale = false;
  private timer = 0;
  private readonly build = document.querySelector<HTMLMetaElement>('meta[name="market-build"]')?.content;
  readonly socket: Socket;

  constructor(private readonly options: LiveOptions<S, C>) {
    this.api = new Api(options.screen);
    const address = document.querySelector<HTMLMetaElement>('meta[name="market-live"]')?.content ?? "";
    this.socket = io(address, {
      transports: ["websocket"],
      withCredentials: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      auth: { screen: options.screen, code: options.code ?? "" },
    });
    this.listen();
    void this.refresh();
  }

  private listen(): void {
    this.socket.on("hello", (hello: Hello) => this.onHello(hello));
    this.socket.on("change", (change: C) => this.onChange(change));
    this.socket.on("signal", (signal: Signal) => this.options.onSignal?.(signal));
    this.socket.on("connect", () => this.tellHealth());
    this.socket.on("disconnect", () => {
      this.tellHealth();
      this.tryAgainIfRefused();
      this.refreshIn(this.pollMs);
    });
    this.socket.on("connect_error", () => this.tryAgainIfRefused());
  }

  /** Age of the data in milliseconds by this device's monotonic clock. */
  get ageMs(): number {
    return performance.now() - this.confirmedAt;
  }

  get shownRevision(): number {
    return this.revision;
  }

  /** Asks for the snapshot; calls during a request lead to one more after it. */
  refresh(): Promise<void> {
    if (this.fetching !== null) {
      this.isStale = true;
      return this.fetching;
    }
    this.fetching = this.fetchSnapshot().finally(() => {
      this.fetching = null;
      if (this.isStale) {
        this.isStale = false;
        void this.refresh();
      }
    });
    return this.fetching;
  }

  /** Asks for the snapshot some time within `spreadMs`, sooner than the next regular look. */
  refreshSoon(): void {
    this.refreshIn(0);
  }

  private get pollMs(): number {
    if (this.socket.connected) return this.options.pollMs ?? POLL_MS;
    return this.options.spreadMs === undefined ? POLL_ALONE_MS : POLL_MS;
  }

  private refreshIn(leastMs: number): void {
    window.clearTimeout(this.timer);
    const spread = Math.random() * (this.options.spreadMs ?? 0);
    this.timer = window.setTimeout(() => this.look(), leastMs + spread);
  }

  /** A page that is one of many and that nobody sees asks nothing; it asks when it is seen again. */
  private look(): void {
    if (this.options.spreadMs !== undefined && document.hidden) this.refreshIn(this.pollMs);
    else void this.refresh();
  }

  private async fetchSnapshot(): Promise<void> {
    window.clearTimeout(this.timer);
    const askedAt = this.revision;
    let waitMs = this.pollMs;
    try {
      const answer = await this.api.get<S>(this.options.snapshotPath, this.etag);
      this.isServerThere = true;
      this.confirmedAt = performance.now();
      this.reloadAfterUpgrade(answer.build);
      if (answer.body !== null && this.isNews(answer.body, askedAt)) {
        this.etag = answer.etag ?? undefined;
        this.show(answer.body);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.isServerThere = !error.isAway;
      if (!error.isAway) this.options.onRefused?.(error.code);
      waitMs = RETRY_MS;
    } finally {
      this.tellHealth();
      this.refreshIn(waitMs);
    }
  }

  /** An older answer may be overtaken by a change; without one in between the server is right,
   * even where its numbers went back because a backup was restored. */
  private isNews(snapshot: S, askedAt: number): boolean {
    return this.revision === askedAt || this.options.revisionOf(snapshot) >= this.revision;
  }

  private reloadAfterUpgrade(build: string | null): void {
    if (build === null || this.build === undefined || build === this.build) return;
    if (this.options.onUpgrade) this.options.onUpgrade();
    else window.location.reload();
  }

  private tryAgainIfRefused(): void {
    if (this.socket.active) return;
    window.setTimeout(() => this.socket.connect(), REFUSED_RETRY_MS);
  }

  private onHello(hello: Hello): void {
    // Many phones that come back at once must not all ask at once, nor at all when nothing was missed.
    if (this.options.spreadMs === undefined) void this.refresh();
    else if (this.snapshot === null || hello.revision > this.revision) this.refreshSoon();
  }

  private onChange(change: C): void {
    if (change.to <= this.revision) return;
    if (this.snapshot === null || this.revision < change.from) {
      void this.refresh();
      return;
    }
    const next = this.options.apply(this.snapshot, change);
    if (next === null) {
      void this.refresh();
      return;
    }
    this.confirmedAt = performance.now();
    this.etag = undefined;
    this.revision = change.to;
    this.snapshot = next;
    this.options.onSnapshot(next);
  }

  private show(snapshot: S): void {
    this.snapshot = snapshot;
    this.revision = this.options.revisionOf(snapshot);
    this.options.onSnapshot(snapshot);
  }

  private tellHealth(): void {
    this.options.onHealth?.({
      isConnected: this.socket.connected,
      isServerThere: this.isServerThere,
      confirmedAt: this.confirmedAt,
    });
  }
}
