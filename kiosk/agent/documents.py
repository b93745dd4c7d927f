"""The documents that the server asks to print, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.agent.errors import DrawingError


@dataclass(frozen=True)
class TicketPost:
    """One of the best posts on a ticket."""

    title: str
    pay: str
    left: str
    place: str
    when: str


@dataclass(frozen=True)
class TicketDocument:
    """A number for the queue with at most three posts; for more than one of people a crew's."""

    market_name: str
    label: str
    people: int
    service_name: str
    ahead: int
    posts: tuple[TicketPost, ...]
    hotline: str
    complaint_line: str
    qr: str
    issued_at: str
    copy_no: int


@dataclass(frozen=True)
class SlipDocument:
    """A letter of recommendation (推荐介绍信) with its receipt (回执)."""

    market_name: str
    slip_no: str
    worker_name: str
    employer_name: str
    trade_name: str
    work_day: str
    hours: str
    place: str
    meeting: str
    pay_words: str
    settlement_words: str
    lunch: str
    transport: str
    tools: str
    requirements: str
    desk_no: str
    clerk_name: str
    qr: str
    code: str
    hotline: str
    complaint_line: str
    issued_at: str
    copy_no: int


@dataclass(frozen=True)
class CaseDeadline:
    """A step of a case and by when it is done, in words."""

    step: str
    by: str


@dataclass(frozen=True)
class ReceiptDocument:
    """The receipt of a case (诉求)."""

    market_name: str
    case_no: str
    kind: str
    employer: str
    opened_at: str
    deadlines: tuple[CaseDeadline, ...]
    hotline: str
    complaint_line: str
    labour_line: str
    hint: str
    copy_no: int


@dataclass(frozen=True)
class ListedPost:
    """A post of a list. no: what a desk finds it by. over: why nobody can go there now, or ""."""

    post: TicketPost
    no: str
    meeting: str
    more: str
    over: str


@dataclass(frozen=True)
class PostListDocument:
    """The posts that suit a worker."""

    market_name: str
    posts: tuple[ListedPost, ...]
    hotline: str
    complaint_line: str
    issued_at: str


@dataclass(frozen=True)
class NoticeDocument:
    """What to bring for a service (一次性告知单)."""

    market_name: str
    service_name: str
    things: tuple[str, ...]
    hotline: str
    complaint_line: str
    issued_at: str


Document = TicketDocument | SlipDocument | ReceiptDocument | PostListDocument | NoticeDocument

_MOST_POSTS = 3
_MOST_LISTED = 12
_SLIP_MUST_HAVE = (
    "market_name",
    "slip_no",
    "worker_name",
    "employer_name",
    "trade_name",
    "work_day",
    "place",
    "pay_words",
    "qr",
)


def parse_document(kind: str, fields: Mapping[str, object]) -> Document:
    """Read the `document` of a claimed print job.

    Raises DrawingError("document_invalid") for an unknown kind or when a field that the paper
    cannot do without is missing.
    """
    if kind == "ticket":
        return _ticket(fields)
    if kind == "slip":
        return _slip(fields)
    if kind == "receipt":
        return _receipt(fields)
    if kind == "post_list":
        return _post_list(fields)
    if kind == "notice":
        return _notice(fields)
    raise _invalid(f"unknown kind of document: {kind}")


def _ticket(fields: Mapping[str, object]) -> TicketDocument:
    rows = _rows(fields, "posts")
    return TicketDocument(
        market_name=_needed(fields, "market_name"),
        label=_needed(fields, "label"),
        people=_whole_number({"people": 1, **fields}, "people"),
        service_name=_needed(fields, "service_name"),
        ahead=_whole_number(fields, "ahead"),
        posts=tuple(_post(row) for row in rows[:_MOST_POSTS]),
        hotline=_text(fields, "hotline"),
        complaint_line=_text(fields, "complaint_line"),
        qr=_needed(fields, "qr"),
        issued_at=_needed(fields, "issued_at"),
        copy_no=_whole_number(fields, "copy_no"),
    )


def _post(row: Mapping[str, object]) -> TicketPost:
    return TicketPost(
        title=_needed(row, "title"),
        pay=_needed(row, "pay"),
        left=_text(row, "left"),
        place=_text(row, "place"),
        when=_text(row, "when"),
    )


def _slip(fields: Mapping[str, object]) -> SlipDocument:
    for name in _SLIP_MUST_HAVE:
        _needed(fields, name)
    texts = {
        name: _text(fields, name) for name in SlipDocument.__annotations__ if name != "copy_no"
    }
    return SlipDocument(**texts, copy_no=_whole_number(fields, "copy_no"))


def _receipt(fields: Mapping[str, object]) -> ReceiptDocument:
    steps = _rows(fields, "deadlines")
    if not steps:
        raise _invalid("a receipt needs its deadlines")
    return ReceiptDocument(
        market_name=_needed(fields, "market_name"),
        case_no=_needed(fields, "case_no"),
        kind=_needed(fields, "kind"),
        employer=_text(fields, "employer"),
        opened_at=_needed(fields, "opened_at"),
        deadlines=tuple(CaseDeadline(_needed(row, "step"), _needed(row, "by")) for row in steps),
        hotline=_text(fields, "hotline"),
        complaint_line=_text(fields, "complaint_line"),
        labour_line=_text(fields, "labour_line"),
        hint=_text(fields, "hint"),
        copy_no=_whole_number(fields, "copy_no"),
    )


def _post_list(fields: Mapping[str, object]) -> PostListDocument:
    posts = _rows(fields, "posts")
    if not posts:
        raise _invalid("a list of posts needs posts")
    return PostListDocument(
        market_name=_needed(fields, "market_name"),
        posts=tuple(_listed_post(row) for row in posts[:_MOST_LISTED]),
        hotline=_text(fields, "hotline"),
        complaint_line=_text(fields, "complaint_line"),
        issued_at=_needed(fields, "issued_at"),
    )


def _listed_post(row: Mapping[str, object]) -> ListedPost:
    over = _text(row, "over")
    post = _post({**row, "left": ""} if over else row)
    return ListedPost(post, _needed(row, "no"), _text(row, "meeting"), _text(row, "more"), over)


def _notice(fields: Mapping[str, object]) -> NoticeDocument:
    things = _rows(fields, "things")
    if not things:
        raise _invalid("a notice needs things to bring")
    return NoticeDocument(
        market_name=_needed(fields, "market_name"),
        service_name=_needed(fields, "service_name"),
        things=tuple(_needed(row, "text") for row in things),
        hotline=_text(fields, "hotline"),
        complaint_line=_text(fields, "complaint_line"),
        issued_at=_needed(fields, "issued_at"),
    )


def _rows(fields: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = fields.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _invalid(f"{name} must be a list of objects")
    return rows


def _needed(fields: Mapping[str, object], name: str) -> str:
    text = _text(fields, name)
    if not text.strip():
        raise _invalid(f"{name} is missing")
    return text


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _invalid(f"{name} is not a text")
    return str(value)


def _whole_number(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _invalid(f"{name} is not a whole number")
    return value


def _invalid(detail: str) -> DrawingError:
    return DrawingError("document_invalid", detail)
