"""An employer's papers at the desk: photographed, looked at, taken away, merged with the rest."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.db.attachment_table import attachment
from server.domain.attachments import MAX_OF_EMPLOYER, MAX_SIDE_PX, MAX_UPLOAD_BYTES
from server.domain.kinds import StaffRole
from server.services.attachments import attachments_of
from server.services.employer_merges import merge_employers, undo_merge
from server.services.log import events_after
from server.services.open_market import OpenMarket
from tests.people import CLI, Factory, new_key
from tests.staff.conftest import Clerk, seen, token_of

GPS_TAG, MAKE_TAG, ORIENTATION = 0x8825, 0x010F, 0x0112
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def photo(width: int = 900, height: int = 600, form: str = "JPEG", **exif: int | str) -> bytes:
    """A photograph as a phone writes it: left half red, right half blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    facts = Image.Exif()
    facts[MAKE_TAG] = "some phone"
    facts[ORIENTATION] = exif.get("orientation", 1)
    facts.get_ifd(GPS_TAG)[1] = "N"
    written = io.BytesIO()
    picture.save(written, form, exif=facts)
    return written.getvalue()


def keep(
    clerk: Clerk, employer_id: str, content: bytes, key: str = "", kind: str = "licence"
) -> TestResponse:
    if not clerk.token:
        clerk.token = token_of(clerk.read(f"/staff/employers/{employer_id}"))
    fields = {
        "csrf_token": clerk.token,
        "key": key or new_key(),
        "at": "paper",
        "kind": kind,
        "paper": (io.BytesIO(content), "IMG_2023.jpg"),
    }
    answer = clerk.client.post(f"/staff/employers/{employer_id}/attachments", data=fields)
    # The test client spools a large form to a file and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return answer


def shown(clerk: Clerk, employer_id: str, paper_id: str) -> TestResponse:
    return clerk.get(f"/staff/employers/{employer_id}/attachments/{paper_id}")


@pytest.fixture
def manager(app: Flask, make: Factory) -> Clerk:
    member = make.staff("boss", StaffRole.MANAGER)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = member.id
        session["_fresh"] = True
    return Clerk(browser)


def test_a_photographed_licence_is_kept_upright_and_without_the_phones_notes(
    clerk: Clerk, make: Factory, market: OpenMarket
) -> None:
    employer_id = make.employer().id
    assert keep(clerk, employer_id, photo(3000, 1500, orientation=6)).status_code == 303
    assert "营业执照" in seen(clerk.get(f"/staff/employers/{employer_id}"))
    (paper,) = attachments_of(market, employer_id)
    answer = shown(clerk, employer_id, paper.id)
    assert answer.headers["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (MAX_SIDE_PX // 2, MAX_SIDE_PX), "turned upright and made smaller"
        assert dict(picture.getexif()) == {}
        top, bottom = picture.getpixel((500, 100)), picture.getpixel((500, 1900))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_the_database_holds_no_readable_picture_and_the_log_none_at_all(
    clerk: Clerk, make: Factory, market: OpenMarket
) -> None:
    employer_id = make.employer().id
    keep(clerk, employer_id, PDF, kind="agent_id")
    with market.database.read() as connection:
        kept = connection.scalar(select(attachment.c.content_sealed))
    assert b"PDF" not in bytes(kept)
    (added,) = [e for e in events_after(market, 0, 100) if e.type == "attachment.added"]
    assert set(added.body or {}) == {
        "id", "employer_id", "kind", "form", "size_bytes", "digest", "staff_id", "entity_version",
        "created_at",
    }  # fmt: skip


def test_a_pdf_is_saved_by_the_browser_not_run_here(
    clerk: Clerk, make: Factory, market: OpenMarket
) -> None:
    employer_id = make.employer().id
    keep(clerk, employer_id, PDF)
    (paper,) = attachments_of(market, employer_id)
    answer = shown(clerk, employer_id, paper.id)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "还没有选文件"),
        (b"<html><script>alert(1)</script></html>", "打不开"),
        (photo()[:900], "打不开"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "打不开"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_sentence(
    clerk: Clerk, make: Factory, market: OpenMarket, content: bytes, words: str
) -> None:
    employer_id = make.employer().id
    answer = keep(clerk, employer_id, content)
    assert answer.status_code == 422, answer.status_code
    assert words in seen(answer)
    assert attachments_of(market, employer_id) == ()


def test_a_picture_of_very_many_points_is_refused_before_it_is_opened(
    clerk: Clerk, make: Factory
) -> None:
    written = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(written, "PNG")
    assert len(written.getvalue()) < MAX_UPLOAD_BYTES
    answer = keep(clerk, make.employer().id, written.getvalue())
    assert "照片太大了" in seen(answer)


def test_a_file_beyond_the_limit_is_refused(clerk: Clerk, make: Factory) -> None:
    assert keep(clerk, make.employer().id, bytes(MAX_UPLOAD_BYTES * 2)).status_code == 413


def test_pressing_twice_keeps_one_paper(clerk: Clerk, make: Factory, market: OpenMarket) -> None:
    employer_id, key = make.employer().id, new_key()
    assert keep(clerk, employer_id, photo(), key).status_code == 303
    assert keep(clerk, employer_id, photo(), key).status_code == 303
    assert len(attachments_of(market, employer_id)) == 1


def test_only_a_manager_takes_a_paper_away_and_then_nothing_of_it_is_left(
    clerk: Clerk, manager: Clerk, make: Factory, market: OpenMarket
) -> None:
    employer_id = make.employer().id
    keep(clerk, employer_id, photo())
    (paper,) = attachments_of(market, employer_id)
    path = f"/staff/employers/{employer_id}/attachments/{paper.id}/removal"
    assert clerk.send(path).status_code == 403
    assert manager.send(path).status_code == 303
    assert shown(clerk, employer_id, paper.id).status_code == 404
    assert manager.send(path).status_code == 404
    with market.database.read() as connection:
        assert connection.scalar(select(attachment.c.content_sealed)) is None


def test_papers_of_a_merged_employer_are_seen_at_the_kept_one_until_they_part(
    clerk: Clerk, make: Factory, market: OpenMarket
) -> None:
    kept, gone = make.employer(), make.employer()
    keep(clerk, gone.id, photo())
    (paper,) = attachments_of(market, gone.id)
    merge = merge_employers(market, CLI, kept.id, gone.id, new_key())
    assert attachments_of(market, kept.id) == (paper,)
    assert shown(clerk, kept.id, paper.id).status_code == 200
    undo_merge(market, CLI, merge.id, new_key())
    assert attachments_of(market, kept.id) == ()
    assert shown(clerk, kept.id, paper.id).status_code == 404


def test_no_employer_fills_the_disk(clerk: Clerk, make: Factory, market: OpenMarket) -> None:
    employer_id = make.employer().id
    for _ in range(MAX_OF_EMPLOYER):
        keep(clerk, employer_id, PDF)
    answer = keep(clerk, employer_id, PDF)
    assert answer.status_code == 409
    assert "太多" in seen(answer)
    assert len(attachments_of(market, employer_id)) == MAX_OF_EMPLOYER


def test_nobody_who_is_not_signed_in_sees_a_paper(
    clerk: Clerk, app: Flask, make: Factory, market: OpenMarket
) -> None:
    employer_id = make.employer().id
    keep(clerk, employer_id, photo())
    (paper,) = attachments_of(market, employer_id)
    answer = app.test_client().get(f"/staff/employers/{employer_id}/attachments/{paper.id}")
    assert answer.status_code == 303
    assert "sign-in" in answer.headers["Location"] or "sign_in" in answer.headers["Location"]
