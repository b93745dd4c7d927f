"""The look of a one-time notice: which service, what to bring, whom to call."""

from dataclasses import replace

from PIL import Image

from kiosk.agent.canvas import Align, Canvas
from kiosk.agent.documents import NoticeDocument
from kiosk.agent.paper_style import PaperStyle

NOTICE_HEADING = "一次性告知单"
BRING = "来的时候请带好："
PROMISE = "带齐了再来，办事不收钱"
_END_ROWS = 24


def notice_title(paper: NoticeDocument) -> str:
    """Return which service the notice is for."""
    return f"办理：{paper.service_name}"


def draw_notice(paper: NoticeDocument, canvas: Canvas, style: PaperStyle) -> Image.Image:
    """Draw what somebody takes home to come back with everything."""
    canvas.skip(8)
    canvas.text(paper.market_name, style.market)
    canvas.skip(8)
    canvas.rule(4)
    canvas.skip(10)
    canvas.text(NOTICE_HEADING, style.title)
    canvas.text(notice_title(paper), replace(style.strong, align=Align.CENTRE))
    canvas.skip(10)
    canvas.rule(2)
    canvas.skip(8)
    canvas.text(BRING, style.body)
    canvas.skip(6)
    for number, thing in enumerate(paper.things, 1):
        canvas.text(f"{number}. {thing}", style.strong)
        canvas.skip(6)
    canvas.skip(4)
    canvas.bar(PROMISE, replace(style.strong, align=Align.CENTRE))
    canvas.skip(10)
    for caption, phone in (("咨询", paper.hotline), ("投诉", paper.complaint_line)):
        if phone:
            canvas.text(f"{caption} {phone}", style.strong)
    canvas.text(f"{paper.issued_at} 打印", replace(style.small, align=Align.CENTRE))
    canvas.skip(_END_ROWS)
    return canvas.finish()
