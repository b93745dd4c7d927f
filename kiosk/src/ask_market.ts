/** Owns the shapes that a worker's asks read from the JSON API (server/api/schemas/asks.py). */

export type CancelReason = "found_work" | "leaving";
export type CaseKind = "wage_arrears" | "complaint" | "consultation" | "hardship";

/** A job of the worker's that a case may be about. */
export interface Employment {
  readonly placement_id: string;
  readonly work_day: string;
  readonly trade_name: string;
  readonly employer: string;
}

export interface CaseOpened {
  readonly case: {
    readonly no: string;
    readonly kind_name: string;
    readonly employer: string;
    readonly deadlines: readonly { readonly step: string; readonly name: string; readonly by_day: string }[];
  };
  readonly is_new: boolean;
  readonly print_job: { readonly id: string } | null;
}
