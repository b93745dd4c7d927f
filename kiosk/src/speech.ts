/** Owns what the kiosk says on each screen: a pure function from the dialogue to sounds. */

import { ASK_SENTENCES, askSpeech } from "./ask_speech.js";
import type { Dialogue, Overlay, Paper, Screen } from "./screens.js";
import { texts } from "./texts.js";

/** Everything is said by its id in server/domain/spoken.py. */
function say(id: string, ...more: readonly string[]): readonly string[] {
  return [id, ...more].map((one) => `sentences/${one}`);
}

const NOTICE = ["notice_1", "notice_2", "notice_3", "notice_4", "notice_5", "notice_6"];

const SPOKEN_OF_PAPER: Readonly<Record<Paper, readonly string[]>> = {
  printing: say("take_ticket"),
  printed: say("take_ticket"),
  missing: say("no_paper"),
  late: say("no_paper"),
  uncertain: say("paper_uncertain"),
  not_asked: say("had_ticket"),
};

const SPOKEN_OF_CODE: Readonly<Record<string, readonly string[]>> = {
  under_16: say("under_16"),
  citizen_number_invalid: say("read_again"),
  card_unreadable: say("read_again"),
  identity_token_expired: say("too_late"),
  card_token_expired: say("too_late"),
  too_many_requests: say("wait"),
  market_busy: say("wait"),
};

/** Returns the sounds of what is on the screen, in their order; none where there is nothing to say. */
export function speech(now: Dialogue): readonly string[] {
  if (now.overlay !== null) return ofOverlay(now.overlay);
  if (now.isAway && now.screen.kind !== "attract") return say("away");
  return ofScreen(now, now.screen);
}

/** Returns every sentence that a kiosk may say, those of the way to a ticket first. */
export function everySentence(): readonly string[] {
  const way = ["attract", "reading", "confirm", "service", "taking_number", "take_ticket", "ask_phone", "notice"];
  const rest = [
    "trade_groups", "trades", "education", "skill", "id_pad", "phone_pad", "number_wrong", "phone_unknown",
    "choose_person", "card_expired", "not_you_card", "not_you_id_no", "not_you_phone", "tickets", "tickets_missed", "looking_up",
    "notice_declined", "no_paper", "paper_uncertain", "had_ticket", "under_16", "read_again", "too_late", "wait",
    "to_desk", "help_ringing", "help_heard", "away", "still_there", "count_10", "count_5", "count_4", "count_3",
    "count_2", "count_1", "access", "ask_name", "write_name", ...ASK_SENTENCES,
  ];
  return [...way, ...rest, ...NOTICE].map((one) => `sentences/${one}`);
}

function ofOverlay(overlay: Overlay): readonly string[] {
  if (overlay.kind === "access") return say("access");
  if (overlay.kind === "help") {
    if (overlay.bell === "ringing") return say("help_ringing");
    return overlay.bell === "heard" ? say("help_heard") : say("to_desk");
  }
  if (overlay.left_s > 10) return say("still_there");
  return overlay.left_s > 5 ? say("count_10") : COUNT[overlay.left_s - 1] ?? [];
}

const COUNT = [say("count_1"), say("count_2"), say("count_3"), say("count_4"), say("count_5")];

function ofScreen(now: Dialogue, screen: Screen): readonly string[] {
  switch (screen.kind) {
    case "attract":
      return say("attract");
    case "reading":
      return say("reading");
    case "id_pad":
      return now.request !== null ? say("looking_up") : screen.error === "" ? say("id_pad") : say("number_wrong");
    case "phone_pad":
      return now.request !== null ? say("looking_up") : ofPhonePad(screen.error);
    case "ask_phone":
      return screen.error === "" ? say("ask_phone") : say("number_wrong");
    case "choose_person":
      return say("choose_person");
    case "confirm":
      return screen.person.warnings.length > 0 ? say("confirm", "card_expired") : say("confirm");
    case "not_you":
      return NOT_YOU[screen.way];
    case "ticket":
      return [`tickets/${screen.ticket.label}`, ...SPOKEN_OF_PAPER[screen.paper]];
    case "stopped":
      return SPOKEN_OF_CODE[screen.code] ?? say("to_desk");
    default:
      return ofQuestion(screen);
  }
}

type Question = Exclude<
  Screen,
  { kind: "attract" | "reading" | "id_pad" | "phone_pad" | "ask_phone" | "choose_person" | "confirm" | "not_you" | "ticket" | "stopped" }
>;

function ofQuestion(screen: Question): readonly string[] {
  switch (screen.kind) {
    case "service":
      return say("service");
    case "tickets":
      return [...say(screen.person.tickets_today.some(({ state }) => state === "no_show") ? "tickets_missed" : "tickets"), ...screen.person.tickets_today.map((ticket) => `tickets/${ticket.label}`)];
    case "notice":
      return say("notice", ...NOTICE);
    case "notice_declined":
      return say("notice_declined");
    case "ask_trades":
      return screen.group === null ? say("trade_groups") : say("trades");
    case "ask_education":
      return say("education");
    case "ask_skill":
      return say("skill");
    case "taking_number":
      return say("taking_number");
    case "ask_name":
      // A name is said by nobody but the person: the loudspeaker says what to do.
      return screen.writing.way === "ink" ? say("write_name") : say("ask_name");
    case "leaving":
      return [];
    default:
      // A sound of its own, such as a number, says where it comes from.
      return askSpeech(screen).map((id) => (id.includes("/") ? id : `sentences/${id}`));
  }
}

const NOT_YOU = {
  card: say("not_you_card"),
  id_no: say("not_you_id_no"),
  phone: say("not_you_phone"),
  scan: say("not_you_card"),
  ticket_code: say("not_you_card"),
} as const;

function ofPhonePad(error: string): readonly string[] {
  if (error === "") return say("phone_pad");
  return error === texts.pad.phoneUnknown ? say("phone_unknown") : say("number_wrong");
}
