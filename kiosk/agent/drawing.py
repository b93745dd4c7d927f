"""Draw a document to a 1-bit picture for the printer; the look of the ticket is here."""

from collections.abc import Mapping
from dataclasses import replace

from PIL import Image

from kiosk.agent.canvas import Align, Canvas, Ink, qr_picture, squeezed_text
from kiosk.agent.documents import (
    NoticeDocument,
    PostListDocument,
    ReceiptDocument,
    SlipDocument,
    TicketDocument,
    parse_document,
)
from kiosk.agent.fonts import Fonts
from kiosk.agent.notice_drawing import draw_notice
from kiosk.agent.paper_style import LEAST_QR_MODULE_DOTS, PaperStyle, paper_style
from kiosk.agent.post_drawing import draw_post
from kiosk.agent.post_list_drawing import draw_post_list
from kiosk.agent.printable import printable_document
from kiosk.agent.receipt_drawing import draw_receipt
from kiosk.agent.slip_drawing import draw_slip

_QR_CAPTION = ("手机扫一扫", "看排到几号、看今天的活")
_END_ROWS = 24


def draw_document(
    kind: str, document: Mapping[str, object], width_dots: int, fonts: Fonts
) -> Image.Image:
    """Draw a claimed job's document, `width_dots` wide (576 or 384) and as tall as it needs.

    Raises DrawingError with a reason when no honest paper can be made of it.
    """
    style = paper_style(width_dots)
    canvas = Canvas(fonts, width_dots, style.margin)
    parsed = parse_document(kind, printable_document(kind, document, fonts))
    if isinstance(parsed, SlipDocument):
        return draw_slip(parsed, canvas, style)
    if isinstance(parsed, ReceiptDocument):
        return draw_receipt(parsed, canvas, style)
    if isinstance(parsed, PostListDocument):
        return draw_post_list(parsed, canvas, style)
    if isinstance(parsed, NoticeDocument):
        return draw_notice(parsed, canvas, style)
    return draw_ticket(parsed, canvas, style)


def draw_ticket(ticket: TicketDocument, canvas: Canvas, style: PaperStyle) -> Image.Image:
    """Draw a queue ticket: the number above all, then posts by pay, then how to get help."""
    canvas.skip(8)
    canvas.text(ticket.market_name, style.market)
    canvas.skip(8)
    canvas.rule(4)
    canvas.skip(10)
    _number(ticket, canvas, style)
    _ahead(ticket, canvas, style)
    if ticket.posts:
        _posts(ticket, canvas, style)
    _help(ticket, canvas, style)
    canvas.skip(_END_ROWS)
    return canvas.finish()


def _number(ticket: TicketDocument, canvas: Canvas, style: PaperStyle) -> None:
    heading = f"您的号·{ticket.service_name}"
    canvas.text(heading, replace(style.service, align=Align.CENTRE))
    canvas.skip(14)
    number = squeezed_text(
        canvas.fonts, ticket.label, style.number_rows, canvas.right - canvas.left
    )
    canvas.picture(number, ((canvas.width_dots - number.width) // 2, canvas.y))
    canvas.skip(number.height + 18)
    if ticket.people > 1:
        _short_bar(crew_words(ticket), style.ahead, canvas)
    if ticket.copy_no > 1:
        _short_bar(f"补打 {ticket.copy_no}", style.strong, canvas)


def crew_words(ticket: TicketDocument) -> str:
    """Return how many the number is for, as the paper says it."""
    return f"班组 {ticket.people} 人"


def _short_bar(words: str, style: Ink, canvas: Canvas) -> None:
    width = canvas.measure(words, style) + 2 * style.size
    start = (canvas.width_dots - width) // 2
    canvas.bar(words, replace(style, align=Align.CENTRE), (start, start + width))
    canvas.skip(12)


def _ahead(ticket: TicketDocument, canvas: Canvas, style: PaperStyle) -> None:
    if ticket.ahead <= 0:
        canvas.bar("下一个就是您", replace(style.ahead, align=Align.CENTRE))
        canvas.skip(16)
        return
    words = f"前面还有 {ticket.ahead} 人"
    top = canvas.y
    width = canvas.measure_pay(words, style.ahead, style.ahead_digits)
    baseline = top + 14 + round(style.ahead_digits.size * 0.82)
    start = (canvas.width_dots - width) // 2
    canvas.write_pay(words, style.ahead, style.ahead_digits, (start, baseline))
    canvas.skip(baseline - top + 22)
    canvas.frame(top, canvas.y, 4)
    canvas.skip(16)


def _posts(ticket: TicketDocument, canvas: Canvas, style: PaperStyle) -> None:
    canvas.text("今天适合您的活", style.heading)
    canvas.skip(2)
    canvas.rule(4)
    for place, post in enumerate(ticket.posts):
        if place:
            canvas.dashes(2, 4, 6, (canvas.left, canvas.right))
        canvas.skip(10)
        draw_post(post, canvas, style)
        canvas.skip(12)
    canvas.rule(2)
    canvas.skip(4)


def _help(ticket: TicketDocument, canvas: Canvas, style: PaperStyle) -> None:
    """Draw the QR code, and beside it (80 mm) or below it (58 mm) whom to call."""
    qr = qr_picture(ticket.qr, style.qr_module_dots, canvas.width_dots, LEAST_QR_MODULE_DOTS)
    top = canvas.y
    beside = (qr.width + 6, canvas.right)
    if style.is_wide and beside[1] - beside[0] >= 9 * style.small.size:
        canvas.picture(qr, (0, top))
        canvas.skip(round(4 * qr.width / 41))
        _help_lines(ticket, canvas, style, beside)
        canvas.skip(max(0, top + qr.height - canvas.y))
        canvas.rule(2)
    else:
        canvas.picture(qr, ((canvas.width_dots - qr.width) // 2, top))
        canvas.skip(qr.height)
        _help_lines(ticket, canvas, style, (canvas.left, canvas.right))
        canvas.skip(8)
        canvas.rule(2)
    canvas.skip(6)
    canvas.text(f"{ticket.issued_at} 打印", replace(style.small, align=Align.CENTRE))


def _help_lines(
    ticket: TicketDocument, canvas: Canvas, style: PaperStyle, edges: tuple[int, int]
) -> None:
    align = Align.LEFT if style.is_wide else Align.CENTRE
    canvas.text(_QR_CAPTION[0], replace(style.strong, align=align), edges)
    canvas.text(_QR_CAPTION[1], replace(style.small, align=align), edges)
    canvas.skip(10)
    for caption, number in (("咨询", ticket.hotline), ("投诉", ticket.complaint_line)):
        if number:
            _phone(caption, number, canvas, style, edges)


def _phone(
    caption: str, number: str, canvas: Canvas, style: PaperStyle, edges: tuple[int, int]
) -> None:
    words = f"{caption} {number}"
    align = Align.LEFT if style.is_wide else Align.CENTRE
    canvas.text(words, replace(style.strong, align=align), edges)
