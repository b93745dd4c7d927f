/** Owns the kiosk's word to the server that it is alive and what it shows. */

import { Api, Refused, newKey } from "screen/api.js";

const BEAT_MS = 10_000;

/** Reports the revision on the screen every ten seconds; a beat that is lost is not repeated. */
export function startHeartbeat(api: Api, shownRevision: () => number): void {
  const build = document.querySelector<HTMLMetaElement>('meta[name="market-build"]')?.content ?? "";
  const beat = async (): Promise<void> => {
    const body = { shown_revision: Math.max(0, shownRevision()), build };
    try {
      await api.write<unknown>("PUT", "/api/v1/devices/me/status", body, newKey());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  };
  window.setInterval(() => void beat(), BEAT_MS);
}
