/** Owns the screens and events of posts, applications, records and registering only. */

import type { Candidate } from "./market.js";
import type { Applied, Application, PostList, Records, SuitablePost } from "./post_market.js";
import type { Form, Paper } from "./screens.js";

/** What a form is for, where it is about posts or about registering. */
export type PostGoal =
  | { readonly kind: "find_posts" }
  | { readonly kind: "apply"; readonly post: SuitablePost }
  | { readonly kind: "register" };

interface OnPaper {
  readonly jobId: string | null;
  readonly paper: Paper;
  readonly waited_s: number;
  readonly left_s: number;
}

export type PostScreen =
  | { readonly kind: "posts"; readonly form: Form; readonly posts: readonly SuitablePost[]; readonly page: number }
  | { readonly kind: "post"; readonly form: Form; readonly post: SuitablePost }
  | ({ readonly kind: "applied"; readonly form: Form; readonly post: SuitablePost; readonly applied: Applied } & OnPaper)
  | ({ readonly kind: "post_list"; readonly posts: number } & OnPaper)
  | { readonly kind: "records"; readonly person: Candidate; readonly records: Records; readonly page: number };

/** What the server answers to each of these asks. */
export interface PostAnswers {
  readonly find_posts: { readonly posts: readonly SuitablePost[] };
  readonly print_posts: PostList;
  readonly apply: Applied;
  readonly unapply: Application;
  readonly records: Records;
  readonly register: { readonly is_new: boolean };
}

export type PostAnswer = {
  [Name in keyof PostAnswers]: { readonly ask: Name; readonly told: PostAnswers[Name] };
}[keyof PostAnswers];

export type PostEvent =
  | { readonly type: "ask_post_opened"; readonly post: SuitablePost }
  | { readonly type: "ask_posts_printed"; readonly only: string | null }
  | { readonly type: "ask_post_wanted" }
  | { readonly type: "ask_post_left" }
  | { readonly type: "ask_posts_again" }
  | { readonly type: "ask_other_trades" }
  | { readonly type: "ask_number_wanted" };

const POST_ASKS: ReadonlySet<string> = new Set<keyof PostAnswers>([
  "find_posts", "print_posts", "apply", "unapply", "records", "register",
]);

/** Tells whether an answer is to one of these asks. */
export function isPostAnswer(answer: { readonly ask: string }): answer is PostAnswer {
  return POST_ASKS.has(answer.ask);
}
