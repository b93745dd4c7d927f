"""The look of one post on paper: its trade, its pay above all, then when and where."""

from kiosk.agent.canvas import Canvas
from kiosk.agent.documents import TicketPost
from kiosk.agent.paper_style import PaperStyle


def draw_post(post: TicketPost, canvas: Canvas, style: PaperStyle) -> None:
    """Draw a post: title left and pay right on one line, or pay below when both are long."""
    pay_width = canvas.measure_pay(post.pay, style.pay_words, style.pay_digits)
    pay_rise = round(style.pay_digits.size * 0.95)
    gap = style.body.size
    room = canvas.right - canvas.left - pay_width - gap
    if room >= min(canvas.measure(post.title, style.post_title), 4 * style.post_title.size):
        baseline = canvas.y + pay_rise
        at = (canvas.right - pay_width, baseline)
        canvas.write_pay(post.pay, style.pay_words, style.pay_digits, at)
        bottom = baseline + 14
        canvas.skip(pay_rise - round(style.post_title.size * 0.95))
        canvas.text(post.title, style.post_title, (canvas.left, canvas.left + room))
        canvas.skip(max(0, bottom - canvas.y))
    else:
        canvas.text(post.title, style.post_title)
        _pay_lines(post.pay, canvas, style)
    _details(post, canvas, style)


def _pay_lines(pay: str, canvas: Canvas, style: PaperStyle) -> None:
    if canvas.measure_pay(pay, style.pay_words, style.pay_digits) > canvas.right - canvas.left:
        canvas.text(pay, style.post_title)
        return
    baseline = canvas.y + round(style.pay_digits.size * 0.86)
    canvas.write_pay(pay, style.pay_words, style.pay_digits, (canvas.left, baseline))
    canvas.skip(baseline - canvas.y + 14)


def _details(post: TicketPost, canvas: Canvas, style: PaperStyle) -> None:
    """Draw when to be where, with the headcount still wanted at the right; then the place."""
    left = f"还要 {post.left} 人" if post.left else ""
    left_width = canvas.measure(left, style.strong)
    baseline = canvas.y + round(style.strong.size * 0.95)
    canvas.write(left, style.strong, (canvas.right - left_width, baseline))
    bottom = canvas.y + style.strong.line_rows if left else canvas.y
    end = canvas.right - left_width - (style.body.size if left else 0)
    canvas.text(post.when, style.body, (canvas.left, end))
    canvas.skip(max(0, bottom - canvas.y))
    canvas.text(post.place, style.body)
