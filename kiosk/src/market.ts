/** Owns the shapes that the kiosk reads from the JSON API (server/api/schemas.py). */

import type { Survey } from "./survey.js";

export type ServiceId = "find_work" | "consult" | "training" | "hardship" | "complaint";
export type Need = "privacy" | "name" | "phone" | "trades" | "education" | "skill";
export type PrinterState = "ready" | "paper_low" | "paper_out" | "cover_open" | "offline" | "unknown";

export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface TradeChoice extends Choice {
  readonly icon: string;
}

/** One screen of trades, at most six. */
export interface TradePage {
  readonly name: string;
  readonly trades: readonly TradeChoice[];
}

export interface Market {
  readonly name: string;
  readonly hotline: string;
  readonly complaint_line: string;
}

export interface Demand {
  readonly trade_id: string;
  readonly name: string;
  readonly headcount: number;
}

export interface DeviceState {
  readonly state: string;
  readonly checked_at: string | null;
}

/** When somebody is at the desks, such as "8:00" to "18:00". */
export interface DeskHours {
  readonly opens: string;
  readonly closes: string;
  readonly is_open: boolean;
}

/** Everything a kiosk needs before a worker comes: GET /api/v1/kiosk. */
export interface Snapshot {
  readonly revision: number;
  readonly server_time: string;
  readonly market: Market;
  readonly desk: DeskHours;
  readonly open_headcount: number;
  readonly open_posts: number;
  readonly top_trades: readonly Demand[];
  readonly printer: DeviceState;
  readonly reader: DeviceState;
  readonly agent_is_simulated: boolean;
  readonly notice: { readonly version: string; readonly sentences: readonly string[] };
  readonly services: readonly (Choice & { readonly id: ServiceId; readonly series: string })[];
  readonly trade_groups: readonly TradePage[];
  readonly educations: readonly Choice[];
  readonly skills: readonly Choice[];
  readonly panel_inches: number;
  readonly survey: Survey;
  readonly has_handwriting: boolean;
  /** words: what stands on choices, and the name of its sound. */
  readonly voice: { readonly is_on: boolean; readonly version: string; readonly words: Readonly<Record<string, string>> };
}

/** A numbered change of the snapshot, pushed by live. */
export interface SnapshotChange {
  readonly from: number;
  readonly to: number;
  readonly open_headcount?: number;
  readonly open_posts?: number;
  readonly top_trades?: readonly Demand[];
}

export interface Ticket {
  readonly code: string;
  readonly label: string;
  readonly service: ServiceId;
  readonly service_name: string;
  readonly state: "waiting" | "called" | "serving" | "done" | "no_show" | "cancelled";
  readonly ahead: number;
  readonly desk_no: number | null;
  /** How many it is for: more than 1 is a crew. */
  readonly people: number;
}

export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** Somebody who may be standing here, as far as a kiosk may know. */
export interface Candidate {
  readonly identity_token: string;
  /** How they said who they are; only "card" lies in the person's own hand. */
  readonly way: "card" | "id_no" | "phone" | "scan";
  readonly masked_name: string | null;
  readonly masked_id: string;
  readonly is_known: boolean;
  readonly needs: readonly Need[];
  readonly trades: readonly string[];
  readonly warnings: readonly Warning[];
  readonly tickets_today: readonly Ticket[];
}

export interface CheckedIn {
  readonly ticket: Ticket;
  readonly is_new: boolean;
  readonly print_job: { readonly id: string } | null;
}

/** What the kiosk asked a worker; absent where it did not ask. */
export interface Answers {
  readonly phone?: string;
  /** null where somebody would not say it. */
  readonly name?: string | null;
  readonly trades?: readonly string[];
  readonly education?: string;
  readonly skill?: string;
  readonly notice_version?: string;
}
