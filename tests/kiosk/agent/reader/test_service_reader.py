"""What only the vendors' HTTP services do to their drivers."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from reader_bench import ServiceRig, card_of, huashi_rig, synjones_rig

from kiosk.agent.reader import CardKind, CardNeedsClerk, ClerkReason, ReaderError, ReaderFault
from kiosk.agent.reader.local_service import LocalService
from kiosk.agent.reader.service_reader import ServiceCard
from kiosk.agent.reader.vendor_simulators import ServiceFault

WAIT_S = 5.0
CARD = ServiceCard(
    card_kind=CardKind.RESIDENT,
    name="张建国",
    sex="男",
    birth_day="19740815",
    id_no="140602197408159970",
    valid_from="20230512",
    valid_until="20430512",
    address="山西省朔州市朔城区神头镇东榆林村36号",
)


@pytest.fixture(params=[huashi_rig, synjones_rig], ids=["huashi", "synjones"])
def rig(request: pytest.FixtureRequest) -> Iterator[ServiceRig]:
    rig = request.param()
    yield rig
    rig.close()


def test_a_service_without_a_reader_is_told_and_read_from_when_it_has_one(rig: ServiceRig) -> None:
    rig.service.cause(ServiceFault.NO_READER)
    with pytest.raises(ReaderError) as lost:
        rig.reader.wait_for_card(0.05)
    assert (lost.value.code, lost.value.permanent) == (ReaderFault.NO_ANSWER, False)
    rig.service.clear_faults()
    content = rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_an_answer_that_drips_in_is_given_up_at_its_deadline(rig: ServiceRig) -> None:
    rig.service.cause(ServiceFault.DRIPS)
    begun = time.monotonic()
    with pytest.raises(ReaderError) as lost:
        rig.reader.wait_for_card(60.0)
    assert lost.value.code == ReaderFault.NO_ANSWER
    assert time.monotonic() - begun < 3 * (1 + 0.3) + 3


def test_a_failing_service_is_asked_again(rig: ServiceRig) -> None:
    rig.service.cause(ServiceFault.FAILED)
    rig.tell_again_and_again()
    content = rig.lay("wang-jun")
    assert rig.reader.wait_for_card(WAIT_S) == content


def test_a_reader_unplugged_from_the_huashi_service_is_noticed_when_it_is_opened_again() -> None:
    rig = huashi_rig(open_again_s=0.02)
    try:
        assert rig.reader.wait_for_card(0.05) is None
        rig.service.cause(ServiceFault.NO_READER)
        with pytest.raises(ReaderError) as lost:
            rig.reader.wait_for_card(WAIT_S)
        assert lost.value.code == ReaderFault.NO_ANSWER
    finally:
        rig.close()


def test_a_synjones_module_without_authorisation_calls_for_staff() -> None:
    rig = synjones_rig()
    try:
        rig.service.cause(ServiceFault.NOT_AUTHORISED)
        with pytest.raises(ReaderError) as lost:
            rig.reader.wait_for_card(WAIT_S)
        assert (lost.value.code, lost.value.permanent) == (ReaderFault.NOT_AUTHORISED, True)
    finally:
        rig.close()


def test_the_photo_is_let_go_while_the_answer_is_parsed() -> None:
    rig = huashi_rig()
    try:
        rig.lay("wang-jun")
        service = LocalService("127.0.0.1", rig.service.port)
        assert set(service.ask("/readcard", {"partyName"}, WAIT_S)) == {"partyName"}
    finally:
        rig.close()


@pytest.mark.parametrize("day", ["19740815", "1974-08-15", "1974.08.15", "1974年08月15日"])
def test_a_day_may_be_written_in_any_of_the_vendors_ways(day: str) -> None:
    card = replace(CARD, birth_day=day, valid_until=day).read()
    assert card.birth_day.isoformat() == "1974-08-15"
    assert card.valid_until == card.birth_day


def test_a_card_without_end_and_a_card_of_nobodys_sex_are_read() -> None:
    card = replace(CARD, sex="未知", valid_until="长期", valid_from="").read()
    assert (card.sex, card.valid_until, card.valid_from) == ("0", None, None)
    assert replace(CARD, sex="2").read().sex == "2"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"card_kind": None}, ClerkReason.UNREADABLE),
        ({"card_kind": CardKind.FOREIGNER_2023}, ClerkReason.FOREIGNER_2023),
        ({"birth_day": "19741332"}, ClerkReason.UNREADABLE),
        ({"birth_day": ""}, ClerkReason.UNREADABLE),
        ({"id_no": "身份证"}, ClerkReason.UNREADABLE),
        ({"name": "张"}, ClerkReason.NAME),
        ({"name": "张\ue000"}, ClerkReason.NAME),
    ],
)
def test_a_card_that_makes_no_sense_goes_to_the_desk(
    changes: dict[str, object], reason: ClerkReason
) -> None:
    with pytest.raises(CardNeedsClerk) as refused:
        replace(CARD, **changes).read()  # type: ignore[arg-type] # Parametrised fields.
    assert refused.value.code == reason


def test_an_old_private_use_character_becomes_the_real_one() -> None:
    assert replace(CARD, name="石\ue863").read().name == card_of("shi-yan").name
