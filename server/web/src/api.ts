/** Owns calls to the JSON API: a time-out on each, a key that stays the same over repeats. */

/** What the server said when it refused, or what happened on the way. */
export class Refused extends Error {
  constructor(
    /** Machine code, such as "under_16"; "away" when the server did not answer. */
    readonly code: string,
    /** What to do, in Chinese; empty when the server did not answer. */
    override readonly message: string,
    readonly status: number,
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** Whether the same request may be repeated with the same key. */
  get isAway(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export type ScreenKind = "kiosk" | "display" | "desk" | "phone";

const TIMEOUT_MS = 8000;

/** Returns a fresh Idempotency-Key; make it when the screen is drawn, not when it is pressed. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Speaks for one screen: kiosk and display name themselves, because a browser may be both. */
export class Api {
  constructor(private readonly screen: ScreenKind) {}

  get<T>(path: string, etag?: string): Promise<{ body: T | null; etag: string | null; build: string | null }> {
    return this.send<T>("GET", path, undefined, undefined, etag);
  }

  /** Sends a write. Throws Refused; when `isAway`, send again with the same key. */
  async write<T>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown, key: string): Promise<T> {
    const answer = await this.send<T>(method, path, body, key);
    return answer.body as T;
  }

  /** Tells whether the server hands out a page. */
  async isThere(path: string): Promise<boolean> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(path, { method: "HEAD", signal, cache: "no-store" }).then((answer) => answer.ok, () => false);
  }

  private async send<T>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
    etag?: string,
  ): Promise<{ body: T | null; etag: string | null; build: string | null }> {
    const headers: Record<string, string> = { "X-Market-Screen": this.screen, Accept: "application/json" };
    if (key !== undefined) headers["Idempotency-Key"] = key;
    if (etag !== undefined) headers["If-None-Match"] = etag;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: "no-store",
      });
    } catch {
      throw new Refused("away", "", 0);
    }
    const seen = { etag: response.headers.get("ETag"), build: response.headers.get("X-Market-Build") };
    if (response.status === 304) return { body: null, ...seen };
    const content: unknown = response.status === 204 ? null : await response.json().catch(() => null);
    if (!response.ok) throw refusal(content, response.status);
    return { body: content as T, ...seen };
  }
}

function refusal(content: unknown, status: number): Refused {
  const body = (content ?? {}) as { code?: string; message?: string; fields?: Record<string, string> };
  return new Refused(body.code ?? "away", body.message ?? "", status, body.fields ?? {});
}
