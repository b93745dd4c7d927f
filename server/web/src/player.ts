/** Owns what a screen lets be heard: sounds of the server, one after another, in one audio context. */

import type { ScreenKind } from "./api.js";

const TIMEOUT_MS = 8000;
/** How long a browser that just got a touch may take to let its clock run. */
const WAKE_MS = 200;
const SOUNDS = "/api/v1/voice/";

/** "blocked": the browser lets nothing be heard; "off": the market has no such sound. */
export type SoundState = "ready" | "blocked" | "off";

/** A sound by its path behind /api/v1/voice/, or a rest in milliseconds. */
export type Piece = string | number;

/** Plays one list of pieces at a time; sounds that came with a version are kept. */
export class Player {
  private readonly context = new AudioContext();
  private readonly kept = new Map<string, ArrayBuffer>();
  private source: AudioBufferSourceNode | null = null;
  private turn = 0;
  private isMissing = false;
  private version = "";

  constructor(private readonly screen: ScreenKind) {}

  /** What the heartbeat tells of the sound. */
  get state(): SoundState {
    if (this.context.state !== "running") return "blocked";
    return this.isMissing ? "off" : "ready";
  }

  /** Takes the version that makes sounds last; another one forgets what was kept. */
  useVersion(version: string): void {
    if (version === this.version) return;
    this.version = version;
    this.kept.clear();
  }

  /** Asks the browser once more to let sounds be heard; a touch of the screen may allow it. */
  wake(): void {
    if (this.context.state === "suspended") void this.context.resume().catch(() => undefined);
  }

  /** Fetches sounds before they are needed, one by one; what fails is fetched when it is played. */
  async preload(paths: readonly string[]): Promise<void> {
    const version = this.version;
    for (const path of paths) {
      if (this.version !== version) return;
      await this.fetch(path);
    }
  }

  /** Plays pieces in their order, in place of what is playing; resolves when they end or are stopped. */
  async play(pieces: readonly Piece[]): Promise<void> {
    this.stop();
    const turn = this.turn;
    for (const piece of pieces) {
      if (typeof piece === "number") await rest(piece);
      else await this.sound(piece, turn);
      if (turn !== this.turn) return;
    }
  }

  /** Silences at once. */
  stop(): void {
    this.turn += 1;
    this.source?.stop();
    this.source = null;
  }

  private async sound(path: string, turn: number): Promise<void> {
    const content = await this.fetch(path);
    if (this.context.state === "suspended") await Promise.race([this.context.resume().catch(() => undefined), rest(WAKE_MS)]);
    // Without a running clock a sound would wait and be heard at a wrong moment.
    if (content === null || turn !== this.turn || this.context.state !== "running") return;
    const buffer = await this.context.decodeAudioData(content.slice(0));
    if (turn !== this.turn) return;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    this.source = source;
    await new Promise<void>((resolve) => {
      source.addEventListener("ended", () => resolve(), { once: true });
      source.start();
    });
    if (this.source === source) this.source = null;
  }

  private async fetch(path: string): Promise<ArrayBuffer | null> {
    const found = this.kept.get(path);
    if (found !== undefined) return found;
    const version = this.version;
    const address = version === "" ? `${SOUNDS}${path}.wav` : `${SOUNDS}${path}.wav?v=${version}`;
    try {
      const answer = await fetch(address, {
        headers: { "X-Market-Screen": this.screen },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.status < 500) this.isMissing = !answer.ok;
      if (!answer.ok) return null;
      const content = await answer.arrayBuffer();
      if (version !== "" && version === this.version) this.kept.set(path, content);
      return content;
    } catch {
      // Without a server nothing can be said that is not kept; the screen says that it is away.
      return null;
    }
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}
