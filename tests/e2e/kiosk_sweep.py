"""Every screen of the kiosk in every look a worker may choose, looked at inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.kiosk_gallery import FAULTS, LOW_CONTRAST, states

SIZES = ("normal", "large", "largest")
AXE = Path(__file__).parents[2] / "server/web/node_modules/axe-core/axe.min.js"

# Draws each state in each look and asks `look_at` what is wrong; one call for the whole gallery.
_SWEEP = """
async ({ states, looks, inches, least, lookAt }) => {
  const { draw } = await import("/kiosk/static/js/fit.js");
  const { begin } = await import("/kiosk/static/js/trail.js");
  const { ServerClock } = await import("/kiosk/static/js/clock.js");
  const { Demo } = await import("/kiosk/static/js/demo.js");
  const { Voice } = await import("/kiosk/static/js/voice.js");
  const { measurePanel } = await import("/kiosk/static/js/panel.js");
  const answer = await fetch("/api/v1/kiosk", { headers: { "X-Market-Screen": "kiosk" } });
  const snapshot = await answer.json();
  const pad = await fetch("/api/v1/names/pinyin", { headers: { "X-Market-Screen": "kiosk" } });
  const names = await pad.json();
  measurePanel(inches);
  const examine = window[lookAt];
  const demo = new Demo(null, () => undefined);
  const voice = new Voice(() => undefined);
  voice.hear({ ...snapshot, voice: { is_on: true, version: "gallery" } });
  const found = {};
  for (const [name, around] of Object.entries(states)) {
    for (const look of looks) {
      const root = document.createElement("div");
      root.id = "kiosk";
      document.querySelector("#kiosk").replaceWith(root);
      const dialogue = { ...begin("gallery-key", "ready"), ...around, look };
      const parts = { dialogue, snapshot: { ...snapshot, ...around.snapshot }, clock: new ServerClock(), demo, voice, names, tell: () => undefined };
      draw(parts, root);
      for (const animation of document.getAnimations()) animation.cancel();
      const faults = await examine(least);
      const mode = `${name} ${look.size}${look.isHighContrast ? " high" : ""}${look.isLow ? " low" : ""}`;
      if (faults.length > 0) found[mode] = faults;
    }
  }
  return found;
}
"""  # noqa: E501 - a script, not Python

# Controls that lie above the middle of the panel, where somebody who sits cannot reach.
_OUT_OF_REACH = """
(leastPx) => [...document.querySelectorAll(".kiosk button")]
  .filter((one) => one.closest("[inert]") === null && one.getBoundingClientRect().top < window.innerHeight / 2 - 1)
  .map((one) => `too high: ${one.textContent.trim().slice(0, 12)} ${Math.round(one.getBoundingClientRect().top)}`)
"""  # noqa: E501 - a script, not Python

# The contrast of words is computed by LOW_CONTRAST, more strictly and faster.
_AXE = """
async () => {
  const { violations } = await axe.run("#kiosk .kiosk", {
    rules: { "color-contrast": { enabled: false } }, resultTypes: ["violations"],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 90)}`);
}
"""


# What is drawn wrongly, and in a low look what cannot be reached.
_LAYOUT = """
(leastPx) => {
  const isLow = document.querySelector('.kiosk[data-reach="low"]') !== null;
  return [...window.faults(leastPx), ...(isLow ? window.reach() : [])];
}
"""


@dataclass(frozen=True)
class Looks:
    """The looks to draw: all combinations of what is given."""

    sizes: tuple[str, ...] = SIZES
    contrasts: tuple[bool, ...] = (False,)
    reaches: tuple[bool, ...] = (False, True)

    def all(self) -> list[dict[str, Any]]:
        return [
            {"size": size, "isHighContrast": contrast, "isLow": low}
            for size, contrast, low in product(self.sizes, self.contrasts, self.reaches)
        ]


def each_mode() -> list[dict[str, Any]]:
    """Each mode by itself, and all of them at once."""
    plain, all_at_once = (
        Looks().all()[0],
        {"size": "largest", "isHighContrast": True, "isLow": True},
    )
    sizes = [{**plain, "size": size} for size in SIZES]
    return [*sizes, {**plain, "isHighContrast": True}, {**plain, "isLow": True}, all_at_once]


def prepare(page: Page) -> None:
    """Put the examinations and axe-core into the page, around its content policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    scripts = {
        "faults": FAULTS,
        "contrast": LOW_CONTRAST,
        "reach": _OUT_OF_REACH,
        "layout": _LAYOUT,
        "axeFinds": _AXE,
    }
    for name, script in scripts.items():
        page.evaluate(f"window[{name!r}] = {script}")


def sweep(
    page: Page, looks: list[dict[str, Any]], inches: float, look_at: str, least: float = 0.0
) -> dict[str, Any]:
    """What an examination finds by screen and look; nothing where all is well."""
    asked = {
        "states": states(),
        "looks": looks,
        "inches": inches,
        "least": least,
        "lookAt": look_at,
    }
    found: dict[str, Any] = page.evaluate(_SWEEP, asked)
    return found
