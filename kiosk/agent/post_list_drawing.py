"""The look of a list of posts: each with the number that a desk finds it by."""

from dataclasses import replace

from PIL import Image

from kiosk.agent.canvas import Align, Canvas
from kiosk.agent.documents import ListedPost, PostListDocument
from kiosk.agent.paper_style import PaperStyle
from kiosk.agent.post_drawing import draw_post

HEADING = "适合您的活"
WHAT_TO_DO = "想去哪个，到窗口报活的编号，或在机器上按“我去”"
_END_ROWS = 24


def draw_post_list(paper: PostListDocument, canvas: Canvas, style: PaperStyle) -> Image.Image:
    """Draw the posts that a worker takes along."""
    canvas.skip(8)
    canvas.text(paper.market_name, style.market)
    canvas.skip(8)
    canvas.rule(4)
    canvas.skip(10)
    canvas.text(HEADING, style.title)
    canvas.text(f"{paper.issued_at} 打印", replace(style.small, align=Align.CENTRE))
    canvas.skip(8)
    canvas.rule(4)
    for place, post in enumerate(paper.posts):
        if place:
            canvas.rule(2)
        canvas.skip(10)
        _listed(post, canvas, style)
        canvas.skip(12)
    canvas.rule(4)
    _foot(paper, canvas, style)
    canvas.skip(_END_ROWS)
    return canvas.finish()


def _listed(post: ListedPost, canvas: Canvas, style: PaperStyle) -> None:
    """Draw a post below its number; one that takes nobody any more says so beside it."""
    words = f"编号 {post.no}"
    width = canvas.measure(words, style.strong) + style.strong.size
    top = canvas.y
    canvas.bar(words, style.strong, (canvas.left, canvas.left + width))
    bottom = canvas.y
    if post.over:
        baseline = top + round(style.strong.size * 1.12)
        over_width = canvas.measure(post.over, style.strong)
        canvas.write(post.over, style.strong, (canvas.right - over_width, baseline))
    canvas.skip(bottom - canvas.y + 6)
    draw_post(post.post, canvas, style)
    for words in (post.meeting, post.more):
        if words:
            canvas.text(words, style.body)


def _foot(paper: PostListDocument, canvas: Canvas, style: PaperStyle) -> None:
    canvas.skip(8)
    canvas.text(WHAT_TO_DO, style.body)
    canvas.skip(6)
    for caption, number in (("咨询", paper.hotline), ("投诉", paper.complaint_line)):
        if number:
            canvas.text(f"{caption} {number}", style.strong)
