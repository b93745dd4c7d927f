/** Owns what the kiosk says of posts, applications, records and registering. */

import type { Word } from "./ask_screens.js";
import type { Paper, Screen } from "./screens.js";

const PLACES_SAID = 9;

/** Every sentence of these screens. */
export const POST_SENTENCES: readonly string[] = [
  "asks", "asking", "posts", "posts_none", "post", "post_applied", "applied", "take_list", "no_list", "records",
  "refused", "left_post", "registered", "registered_before",
  ...Array.from({ length: PLACES_SAID }, (_, at) => `place_${at + 1}`),
];

function say(...ids: readonly string[]): readonly string[] {
  return ids.map((one) => `sentences/${one}`);
}

/** Returns the sounds of one of these screens; none for any other. */
export function ofPosts(screen: Screen): readonly string[] {
  switch (screen.kind) {
    case "asks":
      return say("asks");
    case "sending":
      return say("asking");
    case "posts":
      return screen.posts.length === 0 ? say("posts_none") : say("posts");
    case "post":
      return screen.post.application === null ? say("post") : say("post_applied");
    case "applied": {
      const { order } = screen.applied.application;
      const place = order >= 1 && order <= PLACES_SAID ? [`place_${order}`] : [];
      return [...say("applied", ...place), `tickets/${screen.applied.ticket.label}`, ...ofTicketPaper(screen.paper)];
    }
    case "post_list":
      return screen.paper === "printing" || screen.paper === "printed" ? say("take_list") : say("no_list");
    case "records":
      return say("records");
    case "told":
      return OF_WORD[screen.word];
    default:
      return [];
  }
}

function ofTicketPaper(paper: Paper): readonly string[] {
  if (paper === "not_asked") return [];
  return paper === "printing" || paper === "printed" ? say("take_ticket") : say("no_paper");
}

const OF_WORD: Readonly<Record<Word, readonly string[]>> = {
  cancelled: [],
  refused: say("refused"),
  left_post: say("left_post"),
  registered: say("registered"),
  registered_before: say("registered_before"),
};
