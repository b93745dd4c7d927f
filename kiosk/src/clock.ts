/** Owns the server's time on this screen; the kiosk's own clock may be wrong. */

const ZONE = "Asia/Shanghai";

export class ServerClock {
  private ahead_ms = 0;

  /** Sets the clock by a time the server just told. */
  set(serverTime: string): void {
    this.ahead_ms = Date.parse(serverTime) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.ahead_ms);
  }

  /** Returns the time as "04:31". */
  time(): string {
    return this.now().toLocaleTimeString("zh-CN", {
      timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false,
    });
  }

  /** Returns the day as "11月24日 星期二". */
  day(): string {
    const day = this.now().toLocaleDateString("zh-CN", { timeZone: ZONE, month: "long", day: "numeric" });
    return `${day} ${this.now().toLocaleDateString("zh-CN", { timeZone: ZONE, weekday: "long" })}`;
  }
}
