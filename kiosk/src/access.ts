/** Owns how the screen looks for one worker: text size, contrast, controls within a seated reach. */

import type { Dialogue, Event } from "./screens.js";

export type TextSize = "normal" | "large" | "largest";

/** Chosen by the worker, kept for this worker only: it lives in the dialogue and nowhere else. */
export interface Look {
  readonly size: TextSize;
  readonly isHighContrast: boolean;
  readonly isLow: boolean;
  /** Chooses by digits: choices show their digit and are read out. */
  readonly isByKeys: boolean;
}

export type AccessOverlay = { readonly kind: "access"; readonly left_s: number };

export type AccessEvent =
  | { readonly type: "access_wanted" }
  | { readonly type: "size_chosen"; readonly size: TextSize }
  | { readonly type: "contrast_switched" }
  | { readonly type: "low_switched" }
  | { readonly type: "keys_used" };

export const SIZES: readonly TextSize[] = ["normal", "large", "largest"];
export const PLAIN_LOOK: Look = { size: "normal", isHighContrast: false, isLow: false, isByKeys: false };

/** Seconds without a choice until the screen of choices closes. */
const ACCESS_S = 30;

export function isPlain(look: Look): boolean {
  return look.size === "normal" && !look.isHighContrast && !look.isLow && !look.isByKeys;
}

/** Takes an answer of the screen of choices; returns null where another part has to answer. */
export function chooseLook(now: Dialogue, event: Event): Dialogue | null {
  if (event.type === "access_wanted" && now.overlay === null) return opened(now);
  if (event.type === "keys_used") return { ...now, look: { ...now.look, isByKeys: true } };
  if (now.overlay?.kind !== "access") return null;
  switch (event.type) {
    case "size_chosen":
      return opened({ ...now, look: { ...now.look, size: event.size } });
    case "contrast_switched":
      return opened({ ...now, look: { ...now.look, isHighContrast: !now.look.isHighContrast } });
    case "low_switched":
      return opened({ ...now, look: { ...now.look, isLow: !now.look.isLow } });
    default:
      return null;
  }
}

function opened(now: Dialogue): Dialogue {
  return { ...now, overlay: { kind: "access", left_s: ACCESS_S } };
}

const SENTENCES: Readonly<Record<TextSize, number>> = { normal: 4, large: 3, largest: 2 };

/** Tells how many sentences of `all` a page has room for; as it usually looks, all of them. */
export function sentencesPerPage(look: Look, all: number): number {
  return look.size === "normal" && !look.isLow ? all : SENTENCES[look.size];
}
