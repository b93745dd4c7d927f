/** Owns the kiosk's word to the server that it is alive and what it shows. */

import { Api, Refused, newKey } from "screen/api.js";
import type { SoundState } from "screen/player.js";

const BEAT_MS = 10_000;

/**
 * Reports the revision on the screen and the state of its sound every ten seconds and tells whether the server took it;
 * a beat that is lost is not repeated.
 */
export function startHeartbeat(
  api: Api,
  shownRevision: () => number,
  sound: () => SoundState,
  tellHealth: (isAway: boolean) => void,
): void {
  const build = document.querySelector<HTMLMetaElement>('meta[name="market-build"]')?.content ?? "";
  const beat = async (): Promise<void> => {
    const body = { shown_revision: Math.max(0, shownRevision()), build, sound: { state: sound() } };
    try {
      await api.write<unknown>("PUT", "/api/v1/devices/me/status", body, newKey());
      tellHealth(false);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tellHealth(error.isAway);
    }
  };
  window.setInterval(() => void beat(), BEAT_MS);
}
