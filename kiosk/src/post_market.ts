/** Owns the shapes that posts, applications and records read from the JSON API (server/api/schemas/applications.py). */

import type { Ticket } from "./market.js";

/** A worker's wish for a post; order: 1 for who came first, 0 when it is over. */
export interface Application {
  readonly post_id: string;
  readonly state: "made" | "withdrawn" | "agreed" | "ended";
  readonly order: number;
}

/** A post for a worker; `when` is its day and hours in words. */
export interface SuitablePost {
  readonly id: string;
  readonly no: number;
  readonly trade_name: string;
  readonly icon: string;
  readonly employer: string;
  readonly left: number;
  readonly pay: string;
  readonly settlement: string;
  readonly when: string;
  readonly place: string;
  readonly meeting: string;
  readonly lunch: boolean;
  readonly transport: string;
  readonly tools: string;
  readonly requirements: string;
  readonly is_exact: boolean;
  readonly application: Application | null;
}

export interface Applied {
  readonly application: Application;
  readonly ticket: Ticket;
  readonly is_new: boolean;
  readonly print_job: { readonly id: string } | null;
}

export interface PostList {
  readonly posts: number;
  readonly print_job: { readonly id: string };
}

export interface RecordJob {
  readonly work_day: string;
  readonly trade_name: string;
  readonly employer: string;
  readonly pay: string;
  readonly state_name: string;
}

export interface RecordCase {
  readonly no: string;
  readonly kind_name: string;
  readonly step_name: string;
  readonly by_day: string;
}

/** A worker's own past; the jobs latest first. */
export interface Records {
  readonly employments: readonly RecordJob[];
  readonly days_this_month: number;
  readonly cases: readonly RecordCase[];
}
