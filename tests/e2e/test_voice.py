"""What is heard: each screen of the kiosk, the calls in the hall; and silence where wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from server.domain.kinds import TicketState
from server.domain.sounds import read_wav
from server.services.calls import Move, call_next, move_ticket, ticket_at_desk
from server.services.devices import devices
from server.services.staff import StaffMember, sign_in
from server.services.tickets import ticket_view
from server.services.voice_clips import clip_wavs, forget_clip, keep_clip
from tests.e2e.conftest import TEST_ACTOR, DemoMarket, Launch, eventually
from tests.e2e.kiosk_worker import PORTRAIT, Kiosk, forget_cards, make_known
from tests.people import new_key
from tests.voice.tones import recording

QUIET = "--autoplay-policy=document-user-activation-required"
LOUD = "--autoplay-policy=no-user-gesture-required"
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Writes down what the audio context is given to play, and what is cut short.
LISTEN = """
(() => {
  window.heard = [];
  const paths = new WeakMap();
  const { fetch } = window;
  window.fetch = async (address, ...rest) => {
    const answer = await fetch(address, ...rest);
    const found = /\\/api\\/v1\\/voice\\/([^?]+)\\.wav/.exec(String(address));
    if (found !== null) {
      const content = answer.arrayBuffer.bind(answer);
      answer.arrayBuffer = async () => { const it = await content(); it.path = found[1]; return it; };
    }
    return answer;
  };
  const { slice } = ArrayBuffer.prototype;
  ArrayBuffer.prototype.slice = function (...given) {
    const copy = slice.apply(this, given);
    if (this.path !== undefined) copy.path = this.path;
    return copy;
  };
  const { decodeAudioData } = BaseAudioContext.prototype;
  BaseAudioContext.prototype.decodeAudioData = async function (content, ...rest) {
    const path = content.path;
    const buffer = await decodeAudioData.call(this, content, ...rest);
    paths.set(buffer, path);
    return buffer;
  };
  const { start, stop } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.stop = function (...given) {
    this.sound.wasStopped = true;
    return stop.apply(this, given);
  };
  const begin = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...given) {
    const { buffer } = this;
    const peak = buffer.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    this.sound = { path: paths.get(buffer), at: performance.now(), seconds: buffer.duration, peak, end: null, wasStopped: false };
    this.addEventListener("ended", () => { this.sound.end = performance.now(); });
    window.heard.push(this.sound);
    return begin.apply(this, given);
  };
})()
"""  # noqa: E501 - a script, not Python

OpenLoud = Callable[..., Page]


@pytest.fixture(scope="module")
def loud_browser(launch: Launch) -> Browser:
    """Chromium as the screens of a market start it: sounds need no touch."""
    return launch(LOUD, *MICROPHONE)


@pytest.fixture
def open_loud(loud_browser: Browser) -> Iterator[OpenLoud]:
    contexts: list[BrowserContext] = []

    def make(width: int, height: int) -> Page:
        context = loud_browser.new_context(
            viewport={"width": width, "height": height}, has_touch=True, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(LISTEN)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def kiosk(demo_market: DemoMarket, open_loud: OpenLoud) -> Kiosk:
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(open_loud(*PORTRAIT))
    opened.open(demo_market.server_url)
    return opened


def expect_heard(page: Page, *paths: str) -> None:
    """Wait until the last sounds that began are these."""
    page.wait_for_function(
        "(wanted) => JSON.stringify(window.heard.slice(-wanted.length).map((one) => one.path))"
        " === JSON.stringify(wanted)",
        arg=list(paths),
    )
    last = page.evaluate("window.heard.at(-1)")
    assert last["peak"] > 0.1
    assert last["seconds"] > 0.2


def test_every_screen_on_the_way_to_a_ticket_is_read_aloud(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    expect_heard(kiosk.page, "sentences/attract")
    demo_market.lay_card("zhang-jianguo")
    kiosk.wait_for("confirm")
    expect_heard(kiosk.page, "sentences/confirm")
    kiosk.press("是")
    expect_heard(kiosk.page, "sentences/service")
    kiosk.press("找活")
    kiosk.wait_for("notice")
    expect_heard(kiosk.page, "sentences/notice", "sentences/notice_1")
    kiosk.press("同意")
    expect_heard(kiosk.page, "sentences/ask_phone")
    assert kiosk.page.evaluate("window.heard.find((s) => s.path.endsWith('notice_1')).wasStopped")
    kiosk.type("13800138000")
    kiosk.press("好了")
    expect_heard(kiosk.page, "sentences/trade_groups")
    kiosk.press("建筑建材")
    expect_heard(kiosk.page, "sentences/trades")
    kiosk.press("瓦工")
    kiosk.press("选好了")
    expect_heard(kiosk.page, "sentences/education")
    kiosk.press("初中")
    expect_heard(kiosk.page, "sentences/skill")
    kiosk.press("没证")
    kiosk.wait_for("ticket")
    expect_heard(kiosk.page, f"tickets/{kiosk.ticket_number()}", "sentences/take_ticket")


def test_mute_stops_the_voice_for_this_worker_only(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    make_known(demo_market, "linghu-zhiqiang")
    demo_market.lay_card("linghu-zhiqiang")
    kiosk.wait_for("confirm")
    expect_heard(kiosk.page, "sentences/confirm")
    kiosk.press("静音")
    expect(kiosk.page.locator(".mute")).to_have_text("出声")
    count = kiosk.page.evaluate("window.heard.length")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("咨询")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("printed")
    assert kiosk.page.evaluate("window.heard.length") == count
    kiosk.press("好了")
    kiosk.wait_for("attract")
    expect(kiosk.page.locator(".mute")).to_have_text("静音")
    expect_heard(kiosk.page, "sentences/attract")


def test_mute_cuts_the_sentence_and_sound_again_says_it_anew(kiosk: Kiosk) -> None:
    kiosk.press("输身份证号")
    expect_heard(kiosk.page, "sentences/id_pad")
    kiosk.press("静音")
    assert kiosk.page.evaluate("window.heard.at(-1).wasStopped")
    count = kiosk.page.evaluate("window.heard.length")
    kiosk.press("出声")
    kiosk.page.wait_for_function("(count) => window.heard.length === count", arg=count + 1)
    expect_heard(kiosk.page, "sentences/id_pad")


def test_a_screen_is_said_once_and_a_fault_is_said_too(kiosk: Kiosk) -> None:
    kiosk.press("用手机号")
    expect_heard(kiosk.page, "sentences/phone_pad")
    count = kiosk.page.evaluate("window.heard.length")
    kiosk.type("13800138999")
    assert kiosk.page.evaluate("window.heard.length") == count
    kiosk.press("好了")
    expect_heard(kiosk.page, "sentences/phone_unknown")


def test_a_browser_that_allows_no_sound_does_not_stop_anybody_and_is_reported(
    demo_market: DemoMarket, launch: Launch
) -> None:
    context = launch(QUIET).new_context(viewport={"width": 1080, "height": 1920}, locale="zh-CN")
    kiosk = Kiosk(context.new_page())
    forget_cards(demo_market)
    # Playwright looks at a page as if a person had touched it: nothing looks before the report.
    kiosk.page.goto(f"{demo_market.server_url}/kiosk/", wait_until="commit")
    eventually(lambda: "blocked" in sounds_of(demo_market, "kiosk") or None)
    make_known(demo_market, "zhao-fushun")
    demo_market.lay_card("zhao-fushun")
    kiosk.wait_for("confirm")
    context.close()


def sounds_of(demo: DemoMarket, kind: str) -> list[str | None]:
    return [device.sound_state for device in devices(demo.market) if device.kind == kind]


def free_desk(demo: DemoMarket, clerk: StaffMember, desk_no: int) -> None:
    code = ticket_at_desk(demo.market, desk_no)
    if code is None:
        return
    if ticket_view(demo.market, code).state is TicketState.CALLED:
        move_ticket(demo.market, clerk.actor, Move(code, TicketState.SERVING, desk_no), new_key())
    move_ticket(demo.market, clerk.actor, Move(code, TicketState.DONE, desk_no), new_key())


def test_the_hall_hears_each_call_twice_one_after_another(
    demo_market: DemoMarket, open_loud: OpenLoud
) -> None:
    clerk = sign_in(demo_market.market, *demo_market.staff)
    for desk_no in (1, 2):
        free_desk(demo_market, clerk, desk_no)
    page = open_loud(1920, 1080)
    page.goto(f"{demo_market.server_url}/display/")
    page.wait_for_selector(".rows [data-post]")
    assert page.evaluate("window.heard") == []
    labels = [
        call_next(demo_market.market, clerk.actor, desk_no, (), new_key()).label
        for desk_no in (1, 2)
    ]
    page.wait_for_function("() => window.heard.filter((one) => one.end !== null).length === 6")
    heard = page.evaluate("window.heard")
    first, second = (f"calls/{label}/{n}" for n, label in enumerate(labels, 1))
    chime = "sentences/chime"
    assert [one["path"] for one in heard] == [chime, first, first, chime, second, second]
    assert all(one["peak"] > 0.1 and not one["wasStopped"] for one in heard)
    pauses = [then["at"] - one["end"] for one, then in pairwise(heard)]
    assert min(pauses) > -100, "two sounds at once"
    assert 1400 < pauses[1] < 2200
    assert 1400 < pauses[4] < 2200
    eventually(lambda: "ready" in sounds_of(demo_market, "display") or None)


def test_a_manager_records_a_clip_with_the_browser(
    demo_market: DemoMarket, open_loud: OpenLoud
) -> None:
    market = demo_market.market
    page = open_loud(1600, 1000)
    page.goto(f"{demo_market.server_url}/staff/voice")
    page.fill('input[name="username"]', demo_market.staff[0])
    page.fill('input[name="password"]', demo_market.staff[1])
    page.click("form.stack button[type=submit]")
    row = page.locator("#clip-please")
    row.locator("[data-record]").click()
    expect(row.locator("[data-record]")).to_have_class("button small record is-recording")
    # The fake microphone beeps once a second.
    page.wait_for_timeout(1_500)
    row.locator("[data-record]").click()
    expect(row.locator(".badge")).to_contain_text("已录", timeout=10_000)
    kept = read_wav(clip_wavs(market, ["please"])["please"])
    assert 1 < kept.seconds < 3
    forget_clip(market, TEST_ACTOR, "please", new_key())


def test_a_new_recording_is_heard_without_opening_the_kiosk_again(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    expect_heard(kiosk.page, "sentences/attract")
    version = next(v for r in kiosk.requests for _, _, v in [r.url.partition(".wav?v=")] if v)
    keep_clip(demo_market.market, TEST_ACTOR, "say_phone_pad", recording(1.25), new_key())

    def is_new(answer: Response) -> bool:
        # The sounds of before may still be on their way.
        return "phone_pad.wav" in answer.url and not answer.url.endswith(version)

    with kiosk.page.expect_response(is_new, timeout=25_000) as asked:
        kiosk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert read_wav(asked.value.body()).seconds == pytest.approx(1.27, abs=0.03)
    forget_clip(demo_market.market, TEST_ACTOR, "say_phone_pad", new_key())
