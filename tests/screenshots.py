"""Takes a picture of every screen of a running demo market: `make screenshots`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from server.services.devices import paper_png, papers
from server.services.tickets import queue_today
from tests.e2e.conftest import (
    CHROMIUM,
    DemoMarket,
    eventually,
    start_demo_market,
    stop_demo_market,
)
from tests.e2e.desk_steps import at_desk
from tests.e2e.kiosk_worker import KEY_MS
from tests.e2e.test_whole_day import find_paper, press

FOLDER = Path("var/screenshots")
KIOSK, DISPLAY, PHONE, STAFF = (1080, 1920), (1920, 1080), (390, 844), (1440, 900)


class Camera:
    """Opens pages of a size and keeps their pictures."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def page(self, size: tuple[int, int]) -> Page:
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == KIOSK,
        )
        return context.new_page()

    def take(self, page: Page, name: str) -> None:
        page.screenshot(path=self._folder / f"{name}.png", animations="disabled")

    def keep(self, name: str, png: bytes) -> None:
        (self._folder / f"{name}.png").write_bytes(png)


def kiosk(camera: Camera, demo: DemoMarket) -> None:
    """The kiosk, from the card to the ticket."""
    page = camera.page(KIOSK)
    page.goto(f"{demo.server_url}/kiosk/")
    expect(page.get_by_text("请把身份证放在这里")).to_be_visible()
    expect(page.get_by_text("现在招")).to_be_visible()
    camera.take(page, "kiosk")
    demo.lay_card("zhang-jianguo")
    expect(page.get_by_text("张*国")).to_be_visible()
    camera.take(page, "kiosk-confirm")
    for name, picture in (
        ("是", "kiosk-service"),
        ("找活", "kiosk-notice"),
        ("同意", "kiosk-phone"),
    ):
        press(page, name)
        expect(page.locator("[data-resting]")).to_have_count(0)
        camera.take(page, picture)
    page.keyboard.type("13812345678", delay=KEY_MS)
    for name, picture in (
        ("好了", "kiosk-trade-groups"),
        ("建筑建材", "kiosk-trades"),
        ("瓦工", "kiosk-trades-chosen"),
        ("选好了", "kiosk-education"),
        ("初中", "kiosk-skill"),
    ):
        press(page, name)
        expect(page.locator("[data-resting]")).to_have_count(0)
        camera.take(page, picture)
    press(page, "没证")
    expect(page.locator("body")).to_contain_text("已打印", timeout=15_000)
    camera.take(page, "kiosk-ticket")


def paper(camera: Camera, demo: DemoMarket) -> None:
    """The ticket and the slip, as they leave the printer."""
    eventually(lambda: find_paper(demo, "ticket"))
    for kept in papers(demo.market):
        png = paper_png(demo.market, kept.id)
        if png is not None:
            camera.keep(f"paper-{kept.id}", png)
    ticket = find_paper(demo, "ticket")
    slip = find_paper(demo, "slip")
    for name, picture in (("ticket", ticket), ("slip", slip)):
        if picture is not None:
            picture.save(FOLDER / f"{name}.png")


def display(camera: Camera, demo: DemoMarket) -> None:
    """The lobby screen."""
    page = camera.page(DISPLAY)
    page.goto(f"{demo.server_url}/display/")
    expect(page.locator("body")).to_contain_text("元/天")
    camera.take(page, "display")


def phone(camera: Camera, demo: DemoMarket) -> None:
    """A phone whose ticket waits."""
    waiting = [q for q in queue_today(demo.market) if q.ticket.ahead > 2 and q.trades]
    page = camera.page(PHONE)
    page.goto(f"{demo.server_url}/t/{waiting[0].ticket.code}")
    expect(page.locator("body")).to_contain_text(waiting[0].ticket.label)
    camera.take(page, "phone")


def staff(camera: Camera, demo: DemoMarket) -> None:
    """The desk, and the pages behind it."""
    page = camera.page(STAFF)
    at_desk(page, demo, 2)
    camera.take(page, "staff")
    for path, name in (
        ("posts", "staff-posts"),
        ("posts/new", "staff-new-post"),
        ("employers", "staff-employers"),
        ("devices", "staff-devices"),
    ):
        page.goto(f"{demo.server_url}/staff/{path}")
        expect(page.locator("h1").first).to_be_visible()
        camera.take(page, name)
    page.goto(f"{demo.server_url}/staff/posts")
    page.get_by_role("link", name=re.compile("审核")).first.click()
    camera.take(page, "staff-review")


def main() -> int:
    """Start a demo market, take the pictures, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        demo = start_demo_market(Path(folder))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
                )
                camera = Camera(browser, FOLDER)
                home = camera.page(STAFF)
                home.goto(demo.server_url)
                camera.take(home, "home")
                for part in (display, staff, kiosk, paper, phone):
                    part(camera, demo)
                browser.close()
        finally:
            stop_demo_market(demo)
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
