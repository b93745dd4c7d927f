/** Owns the reading of handwriting by the server; strokes are sent, read and forgotten. */

import { Api, Refused, newKey } from "screen/api.js";
import type { Stroke } from "./name_writing.js";
import type { Dialogue, Event } from "./screens.js";

/** The pen is lifted between the strokes of a character; only a longer pause asks the server. */
const PAUSE_MS = 250;

/** Follows the dialogue and asks what was written, the latest strokes only. */
export class InkReader {
  private strokes: readonly Stroke[] = [];
  private timer = 0;

  constructor(
    private readonly api: Api,
    private readonly tell: (event: Event) => void,
  ) {}

  follow(dialogue: Dialogue): void {
    const { screen } = dialogue;
    const strokes = screen.kind === "ask_name" && screen.writing.way === "ink" ? screen.writing.strokes : [];
    if (strokes === this.strokes) return;
    this.strokes = strokes;
    window.clearTimeout(this.timer);
    if (strokes.length > 0) this.timer = window.setTimeout(() => void this.read(strokes), PAUSE_MS);
  }

  private async read(strokes: readonly Stroke[]): Promise<void> {
    let read: readonly string[] = [];
    try {
      const path = "/api/v1/names/ink";
      read = (await this.api.write<{ candidates: string[] }>("POST", path, { strokes }, newKey())).candidates;
    } catch (error) {
      // Nothing to choose from; the pinyin keys are one touch away.
      if (!(error instanceof Refused)) throw error;
    }
    this.tell({ type: "name_ink_read", strokes, read });
  }
}
