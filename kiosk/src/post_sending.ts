/** Owns how a goal about posts or registering goes to the server. */

import type { PostAnswers, PostGoal } from "./post_screens.js";

interface PostCall {
  readonly ask: keyof PostAnswers;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Returns how a goal about posts goes to the server. */
export function callOfPosts(goal: PostGoal): PostCall {
  switch (goal.kind) {
    case "find_posts":
      return { ask: "find_posts", path: "/api/v1/posts/suitable", body: {} };
    case "apply":
      return { ask: "apply", path: "/api/v1/applications", body: { post_id: goal.post.id } };
    case "register":
      return { ask: "register", path: "/api/v1/registrations", body: {} };
  }
}
