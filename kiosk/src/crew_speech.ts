/** Owns what the kiosk says while a crew checks in. */

import type { CrewScreen } from "./crew_screens.js";

const NOTICE = ["notice_1", "notice_2", "notice_3", "notice_4", "notice_5", "notice_6"];

/** Two that take turns: whoever joins hears that something was said again. */
const JOINED = [["crew_more"], ["crew_next"]] as const;

const REFUSED: Readonly<Record<string, string>> = {
  crew_member_twice: "crew_twice",
  in_another_crew: "crew_other",
  crew_member_busy: "crew_busy",
  under_16: "under_16",
  card_unreadable: "read_again",
};

/** Sentences a kiosk may need on these screens, by their ids in server/domain/spoken.py. */
export const CREW_SENTENCES: readonly string[] = [
  "crew", "crew_next", "crew_more", "crew_twice", "crew_other", "crew_busy", "crew_remove", "crew_notice",
];

/** Returns the ids of the sentences of a screen of a crew's check-in, in their order. */
export function crewSpeech(screen: CrewScreen): readonly string[] {
  if (screen.kind === "crew_notice") return ["crew_notice", ...NOTICE];
  if (screen.kind === "crew_remove") return ["crew_remove"];
  if (screen.word !== null) return [REFUSED[screen.word.code] ?? "to_desk"];
  return screen.members.length === 0 ? ["crew"] : JOINED[screen.members.length % 2] ?? [];
}
