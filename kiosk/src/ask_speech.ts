/** Owns what the kiosk says on the screens of what people ask for besides a number. */

import type { AskScreen, Word } from "./ask_screens.js";
import { CREW_SENTENCES, crewSpeech } from "./crew_speech.js";
import { POST_SENTENCES, postSpeech } from "./post_speech.js";
import type { Paper } from "./screens.js";

const TOLD: Readonly<Record<Word, string>> = {
  cancelled: "cancelled",
  refused: "refused",
  left_post: "left_post",
  registered: "registered",
  registered_before: "registered_before",
  wished: "wished",
  thanked: "thanked",
  returned: "returned",
};

const RECEIPT: Readonly<Record<Paper, string>> = {
  printing: "take_receipt",
  printed: "take_receipt",
  missing: "no_receipt",
  late: "no_receipt",
  uncertain: "no_receipt",
  not_asked: "take_receipt",
};

/** Sentences a kiosk may need on these screens, by their ids in server/domain/spoken.py. */
export const ASK_SENTENCES: readonly string[] = [
  "asks", "case_kind", "case_about", "case_confirm", "case_opened", "take_receipt", "no_receipt", "cancel_which", "cancel",
  "sending", "training_pick", "training_when", ...Object.values(TOLD), ...POST_SENTENCES, ...CREW_SENTENCES,
  "survey_visits", "survey_work", "survey_pay", "survey_trouble", "survey_elsewhere", "survey_help", "survey_opening",
  "survey_content",
];

/** Returns the ids of the sentences of a screen, in their order. */
export function askSpeech(screen: AskScreen): readonly string[] {
  switch (screen.kind) {
    case "case_opened":
      return ["case_opened", RECEIPT[screen.paper]];
    case "survey":
      return [`survey_${screen.survey.questions[screen.page]?.code ?? ""}`];
    case "crew":
    case "crew_remove":
    case "crew_notice":
      return crewSpeech(screen);
    case "told":
      return [TOLD[screen.word]];
    case "posts":
    case "post":
    case "applied":
    case "post_list":
    case "records":
      return postSpeech(screen);
    default:
      return [screen.kind];
  }
}
