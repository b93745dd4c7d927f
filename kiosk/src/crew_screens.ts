/** Owns the screens, events and shapes of a crew's check-in (server/api/schemas/crews.py). */

import type { Candidate } from "./market.js";
import type { Form } from "./screens.js";

/** A member whose card was laid down. own_label: the number of their own that goes back. */
export interface CrewMember {
  readonly identity_token: string;
  readonly masked_name: string | null;
  readonly needs_notice: boolean;
  readonly own_label: string;
}

/** The crew so far, with fresh tokens. people_before: how many the leader's number is for already. */
export interface CrewRoll {
  readonly leader_token: string;
  readonly members: readonly CrewMember[];
  readonly people_before: number;
}

/** What is said of the card that came last, where it added nobody. */
export interface CrewWord {
  readonly code: string;
  readonly message: string;
}

export type CrewGoal = {
  readonly kind: "check_in_crew";
  readonly members: readonly CrewMember[];
  /** The version of the notice that the new members agreed to. */
  readonly notice: string | null;
};

export type CrewScreen =
  | {
      readonly kind: "crew";
      readonly person: Candidate;
      readonly members: readonly CrewMember[];
      readonly before: number;
      /** Cards that were read while the server looked at another. */
      readonly laid: readonly string[];
      readonly word: CrewWord | null;
    }
  | { readonly kind: "crew_remove"; readonly members: readonly CrewMember[]; readonly page: number }
  | { readonly kind: "crew_notice"; readonly form: Form; readonly page: number };

export type CrewEvent =
  | { readonly type: "ask_crew_finished" }
  | { readonly type: "ask_crew_remove_opened" }
  | { readonly type: "ask_crew_member_removed"; readonly member: CrewMember }
  | { readonly type: "ask_crew_notice_accepted"; readonly version: string };

/** Tells the events of a crew's check-in from those of other asks. */
export function isCrewEvent(event: { readonly type: string }): event is CrewEvent {
  return event.type.startsWith("ask_crew_");
}
