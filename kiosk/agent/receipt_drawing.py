"""The look of a case's receipt: its number above all, what happens by when, whom to call."""

from dataclasses import replace

from PIL import Image

from kiosk.agent.canvas import Align, Canvas, squeezed_text
from kiosk.agent.documents import CaseDeadline, ReceiptDocument
from kiosk.agent.paper_style import PaperStyle

# The last digit of 13710: followed up until nothing is open.
_PROMISE = "专人负责，跟踪到底"
_END_ROWS = 24


def draw_receipt(receipt: ReceiptDocument, canvas: Canvas, style: PaperStyle) -> Image.Image:
    """Draw the receipt that a worker keeps until the case is closed."""
    canvas.skip(8)
    canvas.text(receipt.market_name, style.market)
    canvas.skip(8)
    canvas.rule(4)
    canvas.skip(10)
    _head(receipt, canvas, style)
    _facts(receipt, canvas, style)
    _deadlines(receipt, canvas, style)
    _lines(receipt, canvas, style)
    canvas.skip(_END_ROWS)
    return canvas.finish()


def _head(receipt: ReceiptDocument, canvas: Canvas, style: PaperStyle) -> None:
    canvas.text("诉求回执", style.title)
    canvas.skip(10)
    rows = style.number_rows // 3
    number = squeezed_text(canvas.fonts, receipt.case_no, rows, canvas.right - canvas.left)
    canvas.picture(number, ((canvas.width_dots - number.width) // 2, canvas.y))
    canvas.skip(number.height + 20)
    if receipt.copy_no > 1:
        words = f"补打 {receipt.copy_no}"
        width = canvas.measure(words, style.strong) + 2 * style.strong.size
        start = (canvas.width_dots - width) // 2
        canvas.bar(words, replace(style.strong, align=Align.CENTRE), (start, start + width))
        canvas.skip(12)


def _facts(receipt: ReceiptDocument, canvas: Canvas, style: PaperStyle) -> None:
    rows = (("事由", receipt.kind), ("用工", receipt.employer), ("登记", receipt.opened_at))
    for caption, value in rows:
        if value:
            baseline = canvas.y + round(style.strong.size * 0.95)
            canvas.write(caption, style.body, (canvas.left, baseline))
            start = canvas.left + 2 * style.body.size + style.body.size // 2
            canvas.text(value, style.strong, (start, canvas.right))
            canvas.skip(2)
    canvas.skip(12)


def _deadlines(receipt: ReceiptDocument, canvas: Canvas, style: PaperStyle) -> None:
    """Draw each step with its day, framed; below its day where one line is too narrow for any."""
    top = canvas.y
    inner = (canvas.left + 16, canvas.right - 16)
    room = inner[1] - inner[0] - style.body.size
    is_stacked = any(_width(deadline, canvas, style) > room for deadline in receipt.deadlines)
    canvas.skip(14)
    for place, deadline in enumerate(receipt.deadlines):
        if place:
            canvas.dashes(2, 4, 6, inner)
            canvas.skip(8)
        if is_stacked:
            canvas.text(deadline.by, style.strong, inner)
            canvas.text(deadline.step, style.body, inner)
        else:
            baseline = canvas.y + round(style.strong.size * 0.95)
            canvas.write(deadline.by, style.strong, (inner[0], baseline))
            canvas.text(deadline.step, replace(style.body, align=Align.RIGHT), inner)
        canvas.skip(8)
    canvas.bar(_PROMISE, replace(style.strong, align=Align.CENTRE))
    canvas.frame(top, canvas.y, 4)
    canvas.skip(14)


def _width(deadline: CaseDeadline, canvas: Canvas, style: PaperStyle) -> int:
    return canvas.measure(deadline.by, style.strong) + canvas.measure(deadline.step, style.body)


def _lines(receipt: ReceiptDocument, canvas: Canvas, style: PaperStyle) -> None:
    """Draw the telephone lines, and where else unpaid wages can be reported."""
    for caption, number in (
        ("问进度", receipt.hotline),
        ("监督投诉", receipt.complaint_line),
        ("劳动维权", receipt.labour_line),
    ):
        if number:
            canvas.text(f"{caption} {number}", style.strong)
    if receipt.hint:
        canvas.skip(6)
        canvas.text(receipt.hint, style.body)
    canvas.skip(8)
    canvas.rule(2)
    canvas.skip(6)
    canvas.text("请收好，查进度报上面的编号", replace(style.small, align=Align.CENTRE))
