"""Every screen of the kiosk in one page: drawn by the product's own view from given states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from server.web.qr import qr_svg
from tests.e2e.ask_gallery import ASK_SCREENS
from tests.e2e.kiosk_people import PERSON, TICKETS
from tests.e2e.wish_gallery import WISH_SCREENS

QR = qr_svg("HTTP://10.20.30.40:8000/T/ABC234")
TRADES = [
    "general_labourer",
    "bricklayer",
    "plasterer",
    "village_craftsman",
    "cook",
    "shop_assistant",
]
FORM = {"person": PERSON, "service": "find_work", "answers": {"trades": TRADES}}
NAMELESS = {**PERSON, "masked_name": None, "warnings": []}
PHONE_UNKNOWN = "这个手机号还没有登记过\n请刷身份证或输身份证号"
CHECK_DIGIT = "身份证号码最后一位对不上，请看着证件再输一遍。"


def _on_ticket(paper: str) -> dict[str, Any]:
    return {
        "kind": "ticket",
        "ticket": TICKETS[0],
        "jobId": "j",
        "paper": paper,
        "waited_s": 1,
        "left_s": 8,
        "isCopy": paper == "uncertain",
    }


SCREENS: dict[str, dict[str, Any]] = {
    "attract": {"kind": "attract"},
    "reading": {"kind": "reading"},
    "id_pad_empty": {"kind": "id_pad", "typed": "", "error": ""},
    "id_pad": {"kind": "id_pad", "typed": "14060219740815", "error": ""},
    "id_pad_last": {"kind": "id_pad", "typed": "14060219740815999", "error": ""},
    "id_pad_error": {"kind": "id_pad", "typed": "140602197408159999", "error": CHECK_DIGIT},
    "phone_pad_error": {"kind": "phone_pad", "typed": "13800001234", "error": PHONE_UNKNOWN},
    "choose_person": {
        "kind": "choose_person",
        "candidates": [{**PERSON, "masked_name": n} for n in ("张*国", "令狐**", "买买提", "王*")],
    },
    "confirm": {"kind": "confirm", "person": PERSON, "way": "card"},
    "confirm_number": {"kind": "confirm", "person": NAMELESS, "way": "id_no"},
    "not_you_card": {"kind": "not_you", "way": "card"},
    "not_you_phone": {"kind": "not_you", "way": "phone"},
    "service": {"kind": "service", "person": {**PERSON, "tickets_today": TICKETS}},
    "tickets_one": {"kind": "tickets", "person": {**PERSON, "tickets_today": TICKETS[:1]}},
    "tickets_two": {"kind": "tickets", "person": {**PERSON, "tickets_today": TICKETS}},
    "notice": {"kind": "notice", "form": FORM, "page": 0},
    "notice_2": {"kind": "notice", "form": FORM, "page": 1},
    "notice_declined": {"kind": "notice_declined"},
    "ask_phone": {"kind": "ask_phone", "form": FORM, "typed": "1390001", "error": ""},
    "trade_groups": {"kind": "ask_trades", "form": FORM, "group": None, "page": 0},
    "trade_groups_2": {"kind": "ask_trades", "form": FORM, "group": None, "page": 1},
    "trades": {"kind": "ask_trades", "form": FORM, "group": "建筑建材", "page": 0},
    "trades_2": {"kind": "ask_trades", "form": FORM, "group": "家政服务", "page": 0},
    "education": {"kind": "ask_education", "form": FORM, "page": 0},
    "education_2": {"kind": "ask_education", "form": FORM, "page": 1},
    "skill": {"kind": "ask_skill", "form": FORM},
    "taking_number": {"kind": "taking_number", "form": FORM},
    "ticket_printing": _on_ticket("printing"),
    "ticket_printed": _on_ticket("printed"),
    "ticket_missing": _on_ticket("missing"),
    "ticket_uncertain": _on_ticket("uncertain"),
    "ticket_not_asked": _on_ticket("not_asked"),
    "under_16": {"kind": "stopped", "code": "under_16", "message": ""},
    "stopped": {"kind": "stopped", "code": "x", "message": "这一步没有办成，请找工作人员帮忙。"},
    **ASK_SCREENS,
    **WISH_SCREENS,
}

CLOSED = {"desk": {"opens": "8:00", "closes": "18:00", "is_open": False}}

# What differs from the state that nobody has touched: overlays, a lost server, a printer without.
AROUND: dict[str, dict[str, Any]] = {
    "attract_closed": {"screen": {"kind": "attract"}, "snapshot": CLOSED},
    "attract_closed_without_paper": {
        "screen": {"kind": "attract"},
        "printer": "paper_out",
        "snapshot": CLOSED,
    },
    "ticket_closed": {"screen": SCREENS["ticket_missing"], "snapshot": CLOSED},
    "attract_away": {"screen": {"kind": "attract"}, "isAway": True, "printer": "paper_out"},
    "taking_number_away": {"screen": SCREENS["taking_number"], "isAway": True},
    "still_there": {
        "screen": SCREENS["trades"],
        "overlay": {"kind": "still_there", "left_s": 13},
    },
    "help": {
        "screen": SCREENS["attract"],
        "overlay": {"kind": "help", "bell": "none", "left_s": 9},
    },
    "help_heard": {
        "screen": SCREENS["attract"],
        "overlay": {"kind": "help", "bell": "heard", "left_s": 9},
    },
    "access": {"screen": SCREENS["trades"], "overlay": {"kind": "access", "left_s": 30}},
}

_DRAW = """
async ({ around, inches }) => {
  const { draw } = await import("/kiosk/static/js/fit.js");
  const { begin } = await import("/kiosk/static/js/trail.js");
  const { ServerClock } = await import("/kiosk/static/js/clock.js");
  const { Demo } = await import("/kiosk/static/js/demo.js");
  const { Voice } = await import("/kiosk/static/js/voice.js");
  const { measurePanel } = await import("/kiosk/static/js/panel.js");
  if (window.kioskSnapshot === undefined) {
    const answer = await fetch("/api/v1/kiosk", { headers: { "X-Market-Screen": "kiosk" } });
    window.kioskSnapshot = await answer.json();
  }
  measurePanel(inches);
  const old = document.querySelector("#kiosk");
  const root = document.createElement("div");
  root.id = "kiosk";
  old.replaceWith(root);
  const demo = new Demo(null, () => undefined);
  const dialogue = { ...begin("gallery-key", "ready"), ...around };
  const clock = new ServerClock();
  const snapshot = { ...window.kioskSnapshot, ...around.snapshot };
  window.galleryVoice ??= new Voice(() => undefined);
  const voice = window.galleryVoice;
  voice.hear({ ...snapshot, voice: { is_on: true, version: "gallery" } });
  if (window.galleryNames === undefined) {
    const answer = await fetch("/api/v1/names/pinyin", { headers: { "X-Market-Screen": "kiosk" } });
    window.galleryNames = await answer.json();
  }
  const names = window.galleryNames;
  const parts = { dialogue, snapshot, clock, demo, voice, names, tell: () => undefined };
  draw(parts, root);
  for (const animation of document.getAnimations()) animation.cancel();
}
"""


@dataclass(frozen=True)
class Panel:
    """A panel: CSS pixels and the diagonal in inches."""

    width: int
    height: int
    inches: float

    @property
    def px_per_mm(self) -> float:
        return float((self.width**2 + self.height**2) ** 0.5 / (self.inches * 25.4))


PANELS = (
    Panel(1080, 1920, 21.5),
    Panel(1920, 1080, 15.6),
    Panel(1080, 1920, 32),
    Panel(1920, 1080, 21.5),
)


def states() -> dict[str, dict[str, Any]]:
    """The states of the gallery by name, as `draw` takes them."""
    return {**{name: {"screen": screen} for name, screen in SCREENS.items()}, **AROUND}


def open_gallery(page: Page, server_url: str) -> None:
    """Open the kiosk's page; its own drawing goes on beside the gallery, unseen."""
    # The gallery's ticket is invented: no server knows its code.
    code = f"**/t/{TICKETS[0]['code']}/qr.svg"
    page.route(code, lambda asked: asked.fulfill(body=QR, content_type="image/svg+xml"))
    page.goto(f"{server_url}/kiosk/")
    page.wait_for_selector('.kiosk[data-screen="attract"]')


def draw(page: Page, around: dict[str, Any], inches: float) -> None:
    """Draw one state in place of the page, on a panel of that diagonal."""
    page.evaluate(_DRAW, {"around": around, "inches": inches})


# Buttons below the least size (px), words or pictures cut off or outside the stage, things that
# lie over each other, and a page that scrolls.
FAULTS = """
(leastPx) => {
  const faults = [];
  const box = (element) => element.getBoundingClientRect();
  const isSeen = (element) => box(element).width > 0 && box(element).height > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
  const name = (element) => `${element.className.baseVal ?? element.className} ${element.textContent.trim().slice(0, 12)}`;
  for (const button of all(".kiosk button").filter((one) => one.closest("[inert]") === null)) {
    const { width, height } = box(button);
    if (Math.min(width, height) < leastPx - 0.5) faults.push(`small: ${name(button)}`);
    const isSpilt = button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1;
    if (isSpilt) faults.push(`cut off: ${name(button)}`);
  }
  if (document.querySelector(".overlay") === null) {
    const stage = box(document.querySelector(".stage"));
    for (const part of all(".stage :is(button, p, h1, ol, li, .picture, .icon)")) {
      const { top, bottom, left, right } = box(part);
      const isOut = top < stage.top - 1 || bottom > stage.bottom + 1 || left < stage.left - 1 || right > stage.right + 1;
      if (isOut) faults.push(`outside: ${name(part)}`);
    }
  }
  for (const part of all(".rail :is(button, .line), .masthead :is(.market-name, .now)")) {
    if (box(part).left < 0 || box(part).right > window.innerWidth) faults.push(`outside: ${name(part)}`);
  }
  const parts = all(".stage :is(button, .title, .hint, .note, .number, .picture, .paper, .today, .turner, .chosen, .sentences, .ticket-number, .ticket-facts, .who, .who-number, .leaving, .or, .today-row)");
  parts.forEach((one, at) => parts.slice(at + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one)) return;
    const width = Math.min(box(one).right, box(other).right) - Math.max(box(one).left, box(other).left);
    const height = Math.min(box(one).bottom, box(other).bottom) - Math.max(box(one).top, box(other).top);
    if (width > 2 && height > 2) faults.push(`over each other: ${name(one)} / ${name(other)}`);
  }));
  if (document.documentElement.scrollHeight > window.innerHeight + 1) faults.push("scrolls");
  return faults;
}
"""  # noqa: E501 - a script, not Python

# Words whose colour stands out less than the least ratio (WCAG 2.2, 1.4.6) from the worst colour
# behind them: gradients count with each of their colours.
LOW_CONTRAST = """
(least) => {
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const colours = (text) => [...text.matchAll(/rgba?\\(([^)]+)\\)/g)].map((found) => found[1].split(",").map(Number));
  const behind = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const painted = [...colours(style.backgroundImage), ...colours(style.backgroundColor)].filter(([, , , a = 1]) => a > 0);
      if (painted.length > 0) layers.push(painted);
      if (painted.some(([, , , a = 1]) => a === 1)) break;
    }
    return layers.reduceRight((under, over) => over.flatMap((top) => {
      const a = top[3] ?? 1;
      return a === 1 ? [top] : under.map((below) => [0, 1, 2].map((c) => top[c] * a + below[c] * (1 - a)));
    }), [[0, 0, 0]]);
  };
  const faults = [];
  const walker = document.createTreeWalker(document.querySelector(".kiosk"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const element = text.parentElement;
    if (text.textContent.trim() === "" || element.closest("[inert], .spoken, svg") !== null) continue;
    const ink = light(colours(getComputedStyle(element).color)[0]);
    const worst = Math.min(...behind(element).map((colour) => {
      const ground = light(colour);
      return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    }));
    if (worst < least) faults.push(`${text.textContent.trim().slice(0, 12)} ${worst.toFixed(2)}`);
  }
  return faults;
}
"""  # noqa: E501 - a script, not Python
