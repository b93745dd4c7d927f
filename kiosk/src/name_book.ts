/** Owns the fetching of the pinyin pad: once, and again only while it could not be had. */

import { Api, Refused } from "screen/api.js";
import type { PinyinPad } from "./name_pad.js";

/** Until it is there, no letter can be pressed; a name may always be left out. */
export class NameBook {
  pad: PinyinPad = { syllables: {}, surnames: {} };
  private isThere = false;

  constructor(
    private readonly api: Api,
    private readonly redraw: () => void,
  ) {}

  async fetch(): Promise<void> {
    if (this.isThere) return;
    this.isThere = true;
    try {
      const found = (await this.api.get<PinyinPad>("/api/v1/names/pinyin")).body;
      if (found !== null) this.pad = found;
      this.redraw();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.isThere = false;
    }
  }
}
