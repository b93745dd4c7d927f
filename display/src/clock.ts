/** Owns the server's time on this screen: its own clock may be wrong after a power cut. */

const TIME = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SECONDS = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", weekday: "long" });

/** Runs on from the server's last word by the monotonic clock; before it, by the device's. */
export class ServerClock {
  private offsetMs = Date.now() - performance.now();

  set(serverTime: string): void {
    this.offsetMs = Date.parse(serverTime) - performance.now();
  }

  /** Milliseconds since 1970 by the server. */
  now(): number {
    return this.at(performance.now());
  }

  /** The server's time at a moment of performance.now(). */
  at(monotonicMs: number): number {
    return monotonicMs + this.offsetMs;
  }
}

export function timeText(ms: number): string {
  return TIME.format(ms);
}

export function secondsText(ms: number): string {
  return SECONDS.format(ms);
}

export function dayText(ms: number): string {
  return DAY.format(ms);
}

export function weekdayText(ms: number): string {
  return WEEKDAY.format(ms);
}
