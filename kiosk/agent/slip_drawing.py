"""The look of the letter of recommendation (推荐介绍信) and its tear-off receipt (回执)."""

from dataclasses import replace

from PIL import Image

from kiosk.agent.canvas import Align, Canvas, Ink, qr_picture
from kiosk.agent.documents import SlipDocument
from kiosk.agent.paper_style import LEAST_QR_MODULE_DOTS, PaperStyle

PAY_PROMISE = "工资直接发给本人"
_END_ROWS = 24


def draw_slip(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> Image.Image:
    """Draw the letter for the employer, a tear line, and the receipt for the desk."""
    _letter(slip, canvas, style)
    _tear_line(canvas, style)
    _receipt(slip, canvas, style)
    canvas.skip(_END_ROWS)
    return canvas.finish()


def _letter(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> None:
    canvas.skip(8)
    canvas.text(slip.market_name, style.market)
    canvas.text("推荐介绍信", style.title)
    _number_line(slip, canvas, style)
    canvas.rule(4)
    canvas.skip(12)
    canvas.text(f"{slip.employer_name}：", style.strong)
    canvas.skip(4)
    canvas.text(f"现介绍 {slip.worker_name} 到您处做{slip.trade_name}。", style.strong)
    canvas.skip(12)
    _pay(slip, canvas, style)
    canvas.skip(10)
    for caption, value in slip_facts(slip):
        _fact(caption, value, canvas, style)
    canvas.skip(8)
    canvas.rule(2)
    _verification(slip, canvas, style)
    canvas.skip(8)
    canvas.text(signed_by(slip), replace(style.body, align=Align.RIGHT))
    canvas.text(slip.issued_at, replace(style.body, align=Align.RIGHT))
    canvas.skip(10)


def _number_line(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> None:
    words = f"编号 {slip.slip_no}"
    if slip.copy_no > 1:
        words += f"　补打 {slip.copy_no}"
    canvas.text(words, replace(style.body, align=Align.CENTRE))
    canvas.skip(8)


def _pay(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> None:
    """Draw the pay, framed, with the promise that it goes to the worker in a black bar."""
    top = canvas.y
    inner = (canvas.left + 14, canvas.right - 14)
    canvas.skip(10)
    for line in _pay_lines(slip.pay_words, canvas, style, inner[1] - inner[0]):
        canvas.text(line, replace(style.post_title, align=Align.CENTRE), inner)
    if slip.settlement_words:
        canvas.text(slip.settlement_words, replace(style.body, align=Align.CENTRE), inner)
    canvas.skip(8)
    canvas.bar(PAY_PROMISE, replace(style.service, align=Align.CENTRE))
    canvas.frame(top, canvas.y, 4)


def _pay_lines(pay_words: str, canvas: Canvas, style: PaperStyle, width: int) -> tuple[str, ...]:
    """Keep the amount in capital numerals whole: a break inside it would look like forgery."""
    amount, bracket, capitals = pay_words.partition("(")
    if bracket and canvas.measure(pay_words, style.post_title) > width:
        return (amount, bracket + capitals)
    return (pay_words,)


def slip_facts(slip: SlipDocument) -> list[tuple[str, str]]:
    """Return what the post says, captions with their values, without what it does not say."""
    rows = (
        ("日期", slip.work_day),
        ("时间", slip.hours),
        ("集合", slip.meeting),
        ("地点", slip.place),
        ("吃饭", slip.lunch),
        ("接送", slip.transport),
        ("工具", slip.tools),
        ("要求", slip.requirements),
    )
    return [(caption, value) for caption, value in rows if value]


def _fact(caption: str, value: str, canvas: Canvas, style: PaperStyle) -> None:
    baseline = canvas.y + round(style.strong.size * 0.95)
    canvas.write(caption, style.body, (canvas.left, baseline))
    start = canvas.left + 2 * style.body.size + style.body.size // 2
    canvas.text(value, style.strong, (start, canvas.right))
    canvas.skip(2)


def _verification(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> None:
    lines: list[tuple[str, Ink]] = [("扫码验真", style.strong)]
    if slip.code:
        lines.append((f"验证码 {slip.code}", style.body))
    lines += [
        (f"{caption} {number}", style.body)
        for caption, number in (("咨询", slip.hotline), ("投诉", slip.complaint_line))
        if number
    ]
    _qr_with_lines(slip.qr, lines, canvas, style)


def signed_by(slip: SlipDocument) -> str:
    """Return the desk and the clerk who sign the letter."""
    desk = f"{slip.desk_no}号窗口" if slip.desk_no else ""
    clerk = f"经办人 {slip.clerk_name}" if slip.clerk_name else ""
    return " ".join(part for part in (desk, clerk) if part)


def _tear_line(canvas: Canvas, style: PaperStyle) -> None:
    words = "✂ 沿此线撕开"
    canvas.skip(18)
    width = canvas.measure(words, style.small)
    gap = style.small.size // 2
    start = (canvas.width_dots - width) // 2
    canvas.dashes(3, 14, 10, (0, start - gap))
    canvas.dashes(3, 14, 10, (start + width + gap, canvas.width_dots))
    canvas.write(words, style.small, (start, canvas.y + style.small.size // 3))
    canvas.skip(24)


def _receipt(slip: SlipDocument, canvas: Canvas, style: PaperStyle) -> None:
    canvas.text("回执", style.title)
    canvas.text("干完活请把这一联交回窗口", replace(style.small, align=Align.CENTRE))
    canvas.skip(6)
    canvas.rule(2)
    canvas.skip(8)
    for caption, value in (
        ("编号", slip.slip_no),
        ("姓名", slip.worker_name),
        ("用工", slip.employer_name),
        ("工种", slip.trade_name),
        ("日期", slip.work_day),
    ):
        if value:
            _fact(caption, value, canvas, style)
    canvas.skip(8)
    for choices in (("已到岗", "没到岗"), ("工资已结清", "工资没结清")):
        _choices(choices, canvas, style)
    for caption in ("用工方签字", "本人签字"):
        _signature(caption, canvas, style)
    lines = [("交回时扫码登记", style.strong)]
    if slip.code:
        lines.append((f"验证码 {slip.code}", style.body))
    _qr_with_lines(slip.qr, lines, canvas, style)


def _choices(choices: tuple[str, str], canvas: Canvas, style: PaperStyle) -> None:
    size = style.strong.size
    middle = canvas.left + (canvas.right - canvas.left) // 2
    for start, words in zip((canvas.left, middle), choices, strict=True):
        canvas.box((start, canvas.y + size // 6), size)
        baseline = canvas.y + round(size * 0.98)
        canvas.write(words, style.body, (start + size + size // 3, baseline))
    canvas.skip(style.strong.line_rows + 10)


def _signature(caption: str, canvas: Canvas, style: PaperStyle) -> None:
    canvas.skip(22)
    baseline = canvas.y + round(style.body.size * 0.95)
    canvas.write(caption, style.body, (canvas.left, baseline))
    start = canvas.left + canvas.measure(caption, style.body) + 10
    canvas.line(start, canvas.right, baseline + 6)
    canvas.skip(style.body.line_rows + 8)


def _qr_with_lines(
    qr_text: str, lines: list[tuple[str, Ink]], canvas: Canvas, style: PaperStyle
) -> None:
    """Draw a QR code with lines beside it (80 mm) or below it (58 mm)."""
    qr = qr_picture(qr_text, style.qr_module_dots, canvas.width_dots, LEAST_QR_MODULE_DOTS)
    top = canvas.y
    edges = (qr.width + 6, canvas.right)
    is_beside = style.is_wide and edges[1] - edges[0] >= 7 * style.body.size
    if is_beside:
        canvas.picture(qr, (0, top))
        rows = sum(len(canvas.wrap(t, i, edges[1] - edges[0])) * i.line_rows for t, i in lines)
        canvas.skip(max(0, (qr.height - rows) // 2))
    else:
        canvas.picture(qr, ((canvas.width_dots - qr.width) // 2, top))
        canvas.skip(qr.height)
        edges = (canvas.left, canvas.right)
    align = Align.LEFT if is_beside else Align.CENTRE
    for words, ink in lines:
        canvas.text(words, replace(ink, align=align), edges)
    canvas.skip(max(0, top + qr.height - canvas.y))
