/** Owns the kinds of screen, the events and the requests of the kiosk's dialogue. */

import type { AskEvent, AskRequest, AskScreen, Goal } from "./ask_screens.js";
import type { AccessEvent, AccessOverlay, Look } from "./access.js";
import type { Answers, Candidate, CheckedIn, PrinterState, ServiceId, Ticket } from "./market.js";

/** A worker on the way to a ticket: what they want, and what they have answered so far. */
export interface Form {
  readonly person: Candidate;
  readonly service: ServiceId;
  readonly answers: Answers;
  /** What is asked for instead of a ticket. */
  readonly goal?: Goal;
}

/** What is known of the paper: "late" when nobody told within PAPER_PATIENCE_S. */
export type Paper = "printing" | "printed" | "missing" | "uncertain" | "late" | "not_asked";

/** How the worker said who they are; decides where "不是" leads. "scan": the agent read a ticket. */
export type Way = "card" | "id_no" | "phone" | "scan" | "ticket_code";

export type Screen =
  | AskScreen
  | { readonly kind: "attract" }
  | { readonly kind: "reading" }
  | { readonly kind: "id_pad"; readonly typed: string; readonly error: string }
  | { readonly kind: "phone_pad"; readonly typed: string; readonly error: string }
  | { readonly kind: "choose_person"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "confirm"; readonly person: Candidate; readonly way: Way }
  | { readonly kind: "not_you"; readonly way: Way }
  | { readonly kind: "service"; readonly person: Candidate }
  | { readonly kind: "tickets"; readonly person: Candidate }
  | { readonly kind: "notice"; readonly form: Form; readonly page: number }
  | { readonly kind: "notice_declined" }
  | { readonly kind: "ask_phone"; readonly form: Form; readonly typed: string; readonly error: string }
  | { readonly kind: "ask_trades"; readonly form: Form; readonly group: string | null; readonly page: number }
  | { readonly kind: "ask_education"; readonly form: Form; readonly page: number }
  | { readonly kind: "ask_skill"; readonly form: Form }
  | { readonly kind: "taking_number"; readonly form: Form }
  | {
      readonly kind: "ticket";
      readonly ticket: Ticket;
      readonly jobId: string | null;
      readonly paper: Paper;
      readonly waited_s: number;
      readonly left_s: number;
      readonly isCopy: boolean;
    }
  | { readonly kind: "stopped"; readonly code: string; readonly message: string }
  | { readonly kind: "leaving" };

export type ScreenKind = Screen["kind"];

export type Overlay =
  | AccessOverlay
  | { readonly kind: "still_there"; readonly left_s: number }
  | { readonly kind: "help"; readonly bell: "ringing" | "heard" | "none"; readonly left_s: number };

/** A write that is on its way; it is repeated with the same key until it is answered. */
export type Request =
  | AskRequest
  | { readonly kind: "identify"; readonly key: string; readonly way: Way; readonly value: string }
  | { readonly kind: "check_in"; readonly key: string; readonly form: Form }
  | { readonly kind: "reprint"; readonly key: string; readonly ticket: Ticket };

export interface Dialogue {
  readonly screen: Screen;
  /** The screens behind, the latest last; numbers typed on them are wiped. */
  readonly trail: readonly Screen[];
  /** Idempotency-Key of the write that this screen leads to; made when the screen is drawn. */
  readonly key: string;
  readonly request: Request | null;
  /** Key of the call for help that is on its way. */
  readonly bell: string | null;
  readonly overlay: Overlay | null;
  readonly look: Look;
  /** Seconds since somebody touched the screen. */
  readonly idle_s: number;
  readonly isAway: boolean;
  readonly printer: PrinterState;
  /** Print results that came before the answer that names their job. */
  readonly results: Readonly<Record<string, Paper>>;
}

export type Event =
  | AskEvent
  | AccessEvent
  | { readonly type: "touched" }
  | { readonly type: "tick" }
  | { readonly type: "stayed" }
  | { readonly type: "health_told"; readonly isAway: boolean }
  | { readonly type: "printer_told"; readonly state: PrinterState }
  | { readonly type: "print_told"; readonly jobId: string; readonly state: string }
  | { readonly type: "card_read"; readonly token: string }
  | { readonly type: "card_refused"; readonly code: string; readonly message: string }
  | { readonly type: "scanned"; readonly way: "scan" | "ticket_code"; readonly value: string }
  | { readonly type: "identified"; readonly key: string; readonly candidates: readonly Candidate[] }
  | { readonly type: "checked_in"; readonly key: string; readonly answer: CheckedIn }
  | { readonly type: "copy_queued"; readonly key: string; readonly jobId: string }
  | { readonly type: "bell_answered"; readonly key: string; readonly isHeard: boolean }
  | { readonly type: "refused"; readonly key: string; readonly code: string; readonly message: string }
  | { readonly type: "id_pad_opened" }
  | { readonly type: "phone_pad_opened" }
  | { readonly type: "digit_typed"; readonly digit: string }
  | { readonly type: "digit_erased" }
  | { readonly type: "number_given" }
  | { readonly type: "person_chosen"; readonly person: Candidate }
  | { readonly type: "person_affirmed" }
  | { readonly type: "person_denied" }
  | { readonly type: "service_chosen"; readonly service: ServiceId }
  | { readonly type: "notice_accepted"; readonly version: string }
  | { readonly type: "notice_declined" }
  | { readonly type: "group_opened"; readonly group: string }
  | { readonly type: "groups_opened" }
  | { readonly type: "trade_toggled"; readonly trade: string }
  | { readonly type: "trades_given" }
  | { readonly type: "page_turned"; readonly by: 1 | -1 }
  | { readonly type: "education_chosen"; readonly education: string }
  | { readonly type: "skill_chosen"; readonly skill: string }
  | { readonly type: "copy_wanted"; readonly ticket: Ticket }
  | { readonly type: "other_business_wanted" }
  | { readonly type: "help_wanted" }
  | { readonly type: "overlay_closed" }
  | { readonly type: "went_back" }
  | { readonly type: "finished" };
