"""What every card reader does, whichever wire it hangs on."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from reader_bench import RIGS, TODAY, Rig

from kiosk.agent.reader import CardNeedsClerk, ReaderError, ReaderFault, demo_cards

WAIT_S = 5.0
FOR_THE_DESK = {
    "yi-linna": "foreigner_2023_card",
    "duan-unknown-character": "name_needs_clerk",
}
READABLE = [c.card_id for c in demo_cards(TODAY) if c.card_id not in FOR_THE_DESK]


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    rig = RIGS[request.param]()
    yield rig
    rig.close()


def sees_nobody(rig: Rig) -> bool:
    return rig.reader.wait_for_card(0.05) is None


def test_every_card_arrives_with_everything_it_says(rig: Rig) -> None:
    for card_id in READABLE:
        content = rig.lay(card_id)
        assert rig.reader.wait_for_card(WAIT_S) == content


def test_nobody_comes(rig: Rig) -> None:
    assert rig.reader.wait_for_card(0.0) is None


def test_a_card_is_told_once_and_again_after_it_was_lifted(rig: Rig) -> None:
    content = rig.lay("zhang-jianguo")
    assert rig.reader.wait_for_card(WAIT_S) == content
    assert sees_nobody(rig)
    rig.lift()
    assert sees_nobody(rig)
    rig.lay("zhang-jianguo")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_a_card_that_is_found_again_and_again_is_told_once(rig: Rig) -> None:
    rig.tell_again_and_again()
    content = rig.lay("zhang-jianguo")
    assert rig.reader.wait_for_card(WAIT_S) == content
    assert sees_nobody(rig)
    assert sees_nobody(rig)
    rig.lift()
    rig.lay("zhang-jianguo")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_another_card_on_top_is_read_at_once(rig: Rig) -> None:
    rig.tell_again_and_again()
    rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) is not None
    content = rig.lay("zhao-zhe")
    assert rig.reader.wait_for_card(WAIT_S) == content


@pytest.mark.parametrize(("card_id", "code"), FOR_THE_DESK.items())
def test_a_card_for_the_desk_is_refused_once_and_the_next_one_is_read(
    rig: Rig, card_id: str, code: str
) -> None:
    rig.tell_again_and_again()
    rig.lay(card_id)
    with pytest.raises(CardNeedsClerk) as refused:
        rig.reader.wait_for_card(WAIT_S)
    assert refused.value.code == code
    assert refused.value.message == "这张证件请到服务台办理。"
    assert sees_nobody(rig)
    content = rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_a_damaged_answer_costs_nobody_the_check_in(rig: Rig) -> None:
    rig.tell_again_and_again()
    rig.damage_one_answer()
    content = rig.lay("maimaiti-aili")
    assert rig.reader.wait_for_card(WAIT_S) == content
    assert sees_nobody(rig)


def test_a_silent_counterpart_is_told_from_an_empty_one(rig: Rig) -> None:
    rig.fall_silent()
    with pytest.raises(ReaderError) as lost:
        rig.reader.wait_for_card(60.0)
    assert (lost.value.code, lost.value.permanent) == (ReaderFault.NO_ANSWER, False)
    rig.recover()
    content = rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_a_lost_reader_is_noticed_while_waiting(rig: Rig) -> None:
    assert sees_nobody(rig)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(rig.reader.wait_for_card, 60.0)
        rig.cut()
        with pytest.raises(ReaderError) as lost:
            waiting.result(WAIT_S)
    assert (lost.value.code, lost.value.permanent) == (ReaderFault.OFFLINE, False)


def test_a_reader_that_comes_back_reads_on(rig: Rig) -> None:
    rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) is not None
    rig.cut()
    for wait_s in (WAIT_S, 0.01):
        with pytest.raises(ReaderError) as lost:
            rig.reader.wait_for_card(wait_s)
        assert lost.value.code == ReaderFault.OFFLINE
    rig.mend()
    content = rig.lay("li-xiuying")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_a_reader_that_comes_during_the_wait_is_found(rig: Rig) -> None:
    rig.cut()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(rig.reader.wait_for_card, 60.0)
        rig.mend()
        content = rig.lay("li-xiuying")
        assert waiting.result(WAIT_S) == content


def test_the_log_tells_that_a_card_was_read_but_not_whose(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rig.tell_again_and_again()
    rig.damage_one_answer()
    content = rig.lay("zhang-jianguo")
    card = rig.reader.wait_for_card(WAIT_S)
    assert "card read kind=resident" in caplog.text
    for secret in (content.name, content.id_no, content.address):
        assert secret not in caplog.text
        assert secret not in repr(card)
