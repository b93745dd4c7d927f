/** Owns what the events and answers of posts, applications, records and registering do; pure. */

import type { ScreenOf } from "./ask_screens.js";
import { send } from "./ask_sending.js";
import type { Candidate } from "./market.js";
import { onPaper } from "./paper.js";
import type { PostAnswer, PostEvent } from "./post_screens.js";
import type { SuitablePost } from "./post_market.js";
import { ask, questionOf } from "./questions.js";
import type { Dialogue, Form, Screen } from "./screens.js";
import { TOLD_S } from "./time.js";
import { open } from "./trail.js";

/** Begins to look for posts; who has named no trade is asked first. */
export function findPosts(now: Dialogue, person: Candidate, fresh: string): Dialogue {
  return ask(now, { person, service: "find_work", answers: {}, goal: { kind: "find_posts" } }, fresh);
}

/** Begins to register somebody who takes no number. */
export function register(now: Dialogue, person: Candidate, fresh: string): Dialogue {
  return ask(now, { person, service: "find_work", answers: {}, goal: { kind: "register" } }, fresh);
}

/** Asks for the records of whoever holds their card. */
export function openRecords(now: Dialogue, person: Candidate, fresh: string): Dialogue {
  const body = { identity_token: person.identity_token };
  return send(now, { ask: "records", path: "/api/v1/records", body }, null, fresh);
}

/** Returns the state after a press on one of these screens. */
export function pressPosts(now: Dialogue, event: PostEvent, fresh: string): Dialogue {
  const screen = now.screen;
  switch (event.type) {
    case "ask_post_opened":
      return screen.kind === "posts" ? open(now, { kind: "post", form: screen.form, post: event.post }, fresh) : now;
    case "ask_posts_printed":
      return screen.kind === "posts" || screen.kind === "post" ? print(now, screen.form, event.only, fresh) : now;
    case "ask_post_wanted":
      return screen.kind === "post" ? ask(now, toApply(screen.form, screen.post), fresh) : now;
    case "ask_post_left":
      return screen.kind === "post" || screen.kind === "applied" ? leave(now, screen, fresh) : now;
    case "ask_posts_again":
      return screen.kind === "applied" ? findPosts(now, screen.form.person, fresh) : now;
    case "ask_other_trades":
      return screen.kind === "posts" ? open(now, questionOf("trades", { ...screen.form, answers: {} }), fresh) : now;
    case "ask_number_wanted":
      return screen.kind === "posts" ? ask(now, withoutGoal(screen.form), fresh) : now;
  }
}

/** Trades named only to look around do not replace those that the worker registered with. */
function ownAnswers(form: Form): Form["answers"] {
  return form.person.needs.includes("trades") ? form.answers : {};
}

function toApply(form: Form, post: SuitablePost): Form {
  return { ...form, answers: ownAnswers(form), goal: { kind: "apply", post } };
}

function withoutGoal({ person, service, ...form }: Form): Form {
  return { person, service, answers: ownAnswers({ person, service, ...form }) };
}

function print(now: Dialogue, form: Form, only: string | null, fresh: string): Dialogue {
  const { trades } = form.answers;
  const body = {
    identity_token: form.person.identity_token,
    ...(trades === undefined ? {} : { trades }),
    ...(only === null ? {} : { post_id: only }),
  };
  return send(now, { ask: "print_posts", path: "/api/v1/post-lists", body }, null, fresh);
}

function leave(now: Dialogue, screen: ScreenOf<"post"> | ScreenOf<"applied">, fresh: string): Dialogue {
  const body = { identity_token: screen.form.person.identity_token, post_id: screen.post.id };
  return send(now, { ask: "unapply", path: "/api/v1/applications/withdrawal", body }, null, fresh);
}

/** Returns the state after the server's answer. */
export function answerPosts(now: Dialogue, answer: PostAnswer, fresh: string): Dialogue {
  switch (answer.ask) {
    case "find_posts":
      return showPosts(now, answer.told.posts, fresh);
    case "print_posts": {
      const { posts, print_job } = answer.told;
      return arrive(now, { kind: "post_list", posts, ...onPaper(now, print_job.id) }, fresh);
    }
    case "apply":
      return showApplied(now, answer.told, fresh);
    case "unapply":
      return arrive({ ...now, trail: [] }, { kind: "told", word: "left_post", detail: "", left_s: TOLD_S }, fresh);
    case "records": {
      const behind = now.trail.at(-1);
      if (behind?.kind !== "asks") return { ...now, request: null };
      return arrive(now, { kind: "records", person: behind.person, records: answer.told, page: 0 }, fresh);
    }
    case "register": {
      const word = answer.told.is_new ? "registered" : "registered_before";
      return arrive({ ...now, trail: [] }, { kind: "told", word, detail: "", left_s: TOLD_S }, fresh);
    }
  }
}

function formOf(now: Dialogue): Form | null {
  return now.screen.kind === "sending" ? now.screen.form : null;
}

/** The questions that led here are answered: the way back leads to the menu. */
function showPosts(now: Dialogue, posts: readonly SuitablePost[], fresh: string): Dialogue {
  const form = formOf(now);
  if (form === null) return { ...now, request: null };
  const menu = now.trail.findIndex((one) => one.kind === "asks");
  const trail = menu < 0 ? now.trail.slice(0, 1) : now.trail.slice(0, menu + 1);
  return arrive({ ...now, trail }, { kind: "posts", form, posts, page: 0 }, fresh);
}

function showApplied(now: Dialogue, applied: ScreenOf<"applied">["applied"], fresh: string): Dialogue {
  const form = formOf(now);
  if (form?.goal?.kind !== "apply") return { ...now, request: null };
  const paper = onPaper(now, applied.print_job?.id ?? null);
  return arrive({ ...now, trail: [] }, { kind: "applied", form, post: form.goal.post, applied, ...paper }, fresh);
}

function arrive(now: Dialogue, screen: Screen, fresh: string): Dialogue {
  return { ...now, screen, key: fresh, request: null };
}
