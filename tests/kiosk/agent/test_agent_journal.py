from pathlib import Path

import pytest

from kiosk.agent.journal import Journal
from kiosk.agent.server_client import JobResult


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


def results(journal: Journal) -> list[tuple[str, JobResult, str]]:
    return [(done.job_id, done.result, done.reason) for done in journal.unreported()]


def test_job_in_flight_at_a_power_cut_is_uncertain_and_never_printed_again(folder: Path) -> None:
    before = Journal(folder)
    before.claiming("7")
    before.sending("7", 1)
    before.close()
    after = Journal(folder)
    assert after.recover()
    assert results(after) == [("7", JobResult.UNCERTAIN, "agent_restarted")]
    assert after.was_sent("7", 1)
    after.close()


def test_job_asked_for_but_not_sent_is_given_back(folder: Path) -> None:
    before = Journal(folder)
    before.claiming("7")
    before.close()
    after = Journal(folder)
    assert not after.recover()
    assert results(after) == [("7", JobResult.QUEUED, "agent_restarted")]
    assert not after.was_sent("7", 1)
    after.close()


def test_sent_job_that_is_asked_for_again_stays_sent_through_a_crash(folder: Path) -> None:
    before = Journal(folder)
    before.claiming("7")
    before.sending("7", 1)
    before.finish("7", JobResult.UNCERTAIN, "paper_out")
    before.reported("7")
    before.claiming("7")
    before.close()
    after = Journal(folder)
    after.recover()
    assert after.was_sent("7", 1)
    assert not after.was_sent("7", 2)
    after.close()


def test_result_keeps_its_key_until_the_server_knows_it(folder: Path) -> None:
    before = Journal(folder)
    before.claiming("7")
    before.sending("7", 1)
    done = before.finish("7", JobResult.PRINTED, "")
    before.close()
    after = Journal(folder)
    assert not after.recover()
    assert after.unreported() == [done]
    after.reported("7")
    assert after.unreported() == []
    after.close()


def test_given_back_job_may_be_tried_again(folder: Path) -> None:
    journal = Journal(folder)
    journal.claiming("7")
    journal.sending("7", 1)
    journal.nothing_sent("7", 1)
    journal.finish("7", JobResult.QUEUED, "paper_out")
    assert not journal.was_sent("7", 1)
    journal.close()


def test_journal_does_not_grow_for_ever(folder: Path) -> None:
    journal = Journal(folder)
    for number in range(1100):
        journal.claiming(str(number))
        journal.finish(str(number), JobResult.PRINTED, "")
    assert len(journal.unreported()) == 1100
    for number in range(1100):
        journal.reported(str(number))
    journal.claiming("new")
    journal.sending("new", 1)
    assert journal.was_sent("new", 1)
    journal.close()
    assert (folder / "agent-journal.sqlite").stat().st_size < 300_000
