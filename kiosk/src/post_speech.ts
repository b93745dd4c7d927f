/** Owns what the kiosk says of posts, a place in their order, and the records. */

import type { PostScreen } from "./post_screens.js";
import type { Paper } from "./screens.js";

const PLACES_SAID = 9;

const LIST: Readonly<Record<Paper, string>> = {
  printing: "take_list",
  printed: "take_list",
  missing: "no_list",
  late: "no_list",
  uncertain: "no_list",
  not_asked: "no_list",
};

const TICKET: Readonly<Record<Paper, string | null>> = {
  printing: "take_ticket",
  printed: "take_ticket",
  missing: "no_paper",
  late: "no_paper",
  uncertain: "paper_uncertain",
  not_asked: null,
};

/** Sentences a kiosk may need on these screens, by their ids in server/domain/spoken.py. */
export const POST_SENTENCES: readonly string[] = [
  "posts", "posts_none", "post", "post_applied", "applied", "take_list", "no_list", "records",
  ...Array.from({ length: PLACES_SAID }, (_, at) => placeOf(at + 1)),
];

function placeOf(order: number): string {
  return `place_${order}`;
}

/** Returns the ids of the sentences of a screen, in their order; with a ticket's number among them. */
export function postSpeech(screen: PostScreen): readonly string[] {
  switch (screen.kind) {
    case "posts":
      return [screen.posts.length === 0 ? "posts_none" : "posts"];
    case "post":
      return [screen.post.application === null ? "post" : "post_applied"];
    case "applied": {
      const { order } = screen.applied.application;
      const place = order >= 1 && order <= PLACES_SAID ? [placeOf(order)] : [];
      const paper = TICKET[screen.paper];
      return ["applied", ...place, `tickets/${screen.applied.ticket.label}`, ...(paper === null ? [] : [paper])];
    }
    case "post_list":
      return [LIST[screen.paper]];
    case "records":
      return ["records"];
  }
}
