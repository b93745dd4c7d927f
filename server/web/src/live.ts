/** Owns a screen's socket and its snapshot: push is an optimisation, the snapshot is the truth. */

import { io, type Socket } from "socket.io-client";
import { Api, Refused, type ScreenKind } from "./api.js";

const POLL_MS = 20_000;
const RETRY_MS = 2_000;

export interface Change {
  readonly from: number;
  readonly to: number;
}

export interface Signal {
  readonly id: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LiveOptions<S, C extends Change> {
  readonly screen: ScreenKind;
  /** Path of the snapshot, such as "/api/v1/board". */
  readonly snapshotPath: string;
  /** Ticket code of a phone. */
  readonly code?: string;
  revisionOf(snapshot: S): number;
  /** Returns the snapshot after a change, or null to fetch a fresh one. */
  apply(snapshot: S, change: C): S | null;
  onSnapshot(snapshot: S): void;
  onSignal?(signal: Signal): void;
  /** Called when the connection or the age of the data changes. */
  onHealth?(health: Health): void;
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
    this.socket.on("hello", () => void this.refresh());
    this.socket.on("change", (change: C) => this.onChange(change));
    this.socket.on("signal", (signal: Signal) => options.onSignal?.(signal));
    this.socket.on("connect", () => this.tellHealth());
    this.socket.on("disconnect", () => this.tellHealth());
    void this.refresh();
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

  private async fetchSnapshot(): Promise<void> {
    window.clearTimeout(this.timer);
    let waitMs = POLL_MS;
    try {
      const answer = await this.api.get<S>(this.options.snapshotPath, this.etag);
      this.isServerThere = true;
      this.confirmedAt = performance.now();
      this.reloadAfterUpgrade(answer.build);
      if (answer.body !== null && this.options.revisionOf(answer.body) >= this.revision) {
        this.etag = answer.etag ?? undefined;
        this.show(answer.body);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.isServerThere = !error.isAway;
      waitMs = RETRY_MS;
    } finally {
      this.tellHealth();
      this.timer = window.setTimeout(() => void this.refresh(), waitMs);
    }
  }

  private reloadAfterUpgrade(build: string | null): void {
    if (build !== null && this.build !== undefined && build !== this.build) window.location.reload();
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
