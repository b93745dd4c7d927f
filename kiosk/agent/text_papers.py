"""The look of tickets and slips on printers that set the text themselves."""

from collections.abc import Mapping

from kiosk.agent.documents import (
    ListedPost,
    NoticeDocument,
    PostListDocument,
    ReceiptDocument,
    SlipDocument,
    TicketDocument,
    TicketPost,
    parse_document,
)
from kiosk.agent.drawing import crew_words
from kiosk.agent.fonts import Fonts
from kiosk.agent.notice_drawing import BRING, NOTICE_HEADING, PROMISE, notice_title
from kiosk.agent.post_list_drawing import HEADING, WHAT_TO_DO
from kiosk.agent.printable import printable_document
from kiosk.agent.slip_drawing import PAY_PROMISE, signed_by, slip_facts
from kiosk.agent.text_page import TextPage
from kiosk.agent.typesetting import DOUBLE, TALL, TextSettings, Typesetter

_TEAR_LINE = "- - - 沿此线撕开 - - -"


def set_document(
    kind: str, document: Mapping[str, object], settings: TextSettings, fonts: Fonts
) -> TextPage:
    """Set a claimed job's document as lines of text.

    Raises DrawingError with a reason when no honest paper can be made of it.
    """
    parsed = parse_document(kind, printable_document(kind, document, fonts))
    setter = Typesetter(settings, fonts)
    if isinstance(parsed, SlipDocument):
        _letter(parsed, setter)
        _receipt(parsed, setter)
    elif isinstance(parsed, ReceiptDocument):
        _case(parsed, setter)
    elif isinstance(parsed, PostListDocument):
        _post_list(parsed, setter)
    elif isinstance(parsed, NoticeDocument):
        _notice(parsed, setter)
    else:
        _ticket(parsed, setter)
    return setter.page()


def _case(case: ReceiptDocument, setter: Typesetter) -> None:
    setter.line(case.market_name, TALL, is_centred=True)
    setter.line("诉求回执", DOUBLE, is_centred=True)
    setter.rule()
    setter.line(case.case_no, DOUBLE, is_centred=True)
    if case.copy_no > 1:
        setter.line(f"补打 {case.copy_no}", DOUBLE, is_centred=True)
    for caption, value in (("事由", case.kind), ("用工", case.employer), ("登记", case.opened_at)):
        if value:
            setter.line(f"{caption} {value}", TALL)
    setter.rule()
    for deadline in case.deadlines:
        setter.spread(deadline.step, deadline.by, TALL)
    setter.rule()
    _phones(case.hotline, case.complaint_line, setter)
    if case.labour_line:
        setter.line(f"劳动维权 {case.labour_line}", TALL)
    if case.hint:
        setter.line(case.hint)


def _post_list(paper: PostListDocument, setter: Typesetter) -> None:
    setter.line(paper.market_name, TALL, is_centred=True)
    setter.line(HEADING, DOUBLE, is_centred=True)
    setter.line(f"{paper.issued_at} 打印", is_centred=True)
    for listed in paper.posts:
        setter.rule()
        _listed(listed, setter)
    setter.rule()
    setter.line(WHAT_TO_DO)
    _phones(paper.hotline, paper.complaint_line, setter)


def _notice(paper: NoticeDocument, setter: Typesetter) -> None:
    setter.line(paper.market_name, TALL, is_centred=True)
    setter.line(NOTICE_HEADING, DOUBLE, is_centred=True)
    setter.line(notice_title(paper), TALL, is_centred=True)
    setter.rule()
    setter.line(BRING)
    for number, thing in enumerate(paper.things, 1):
        setter.line(f"{number}. {thing}", TALL)
    setter.rule()
    setter.line(PROMISE, TALL)
    _phones(paper.hotline, paper.complaint_line, setter)
    setter.line(f"{paper.issued_at} 打印", is_centred=True)


def _listed(listed: ListedPost, setter: Typesetter) -> None:
    setter.spread(f"编号 {listed.no}", listed.over, TALL)
    _post(listed.post, setter)
    for words in (listed.meeting, listed.more):
        setter.line(words)


def _ticket(ticket: TicketDocument, setter: Typesetter) -> None:
    setter.line(ticket.market_name, TALL, is_centred=True)
    setter.rule()
    setter.line(f"您的号·{ticket.service_name}", DOUBLE, is_centred=True)
    setter.number(ticket.label)
    if ticket.people > 1:
        setter.line(crew_words(ticket), DOUBLE, is_centred=True)
    if ticket.copy_no > 1:
        setter.line(f"补打 {ticket.copy_no}", DOUBLE, is_centred=True)
    is_next = ticket.ahead <= 0
    words = "下一个就是您" if is_next else f"前面还有 {ticket.ahead} 人"
    setter.line(words, DOUBLE, is_centred=True)
    if ticket.posts:
        setter.rule()
        setter.line("今天适合您的活", TALL)
    for post in ticket.posts:
        _post(post, setter)
    setter.rule()
    setter.line("手机看排到几号、看今天的活")
    setter.code(ticket.qr)
    _phones(ticket.hotline, ticket.complaint_line, setter)
    setter.line(f"{ticket.issued_at} 打印", is_centred=True)


def _post(post: TicketPost, setter: Typesetter) -> None:
    setter.spread(post.title, f"还要 {post.left} 人" if post.left else "", TALL)
    setter.line(post.pay, DOUBLE)
    setter.line(post.when)
    setter.line(post.place)


def _phones(hotline: str, complaint_line: str, setter: Typesetter) -> None:
    for caption, number in (("咨询", hotline), ("投诉", complaint_line)):
        if number:
            setter.line(f"{caption} {number}", TALL)


def _letter(slip: SlipDocument, setter: Typesetter) -> None:
    setter.line(slip.market_name, TALL, is_centred=True)
    setter.line("推荐介绍信", DOUBLE, is_centred=True)
    copy = f"  补打 {slip.copy_no}" if slip.copy_no > 1 else ""
    setter.line(f"编号 {slip.slip_no}{copy}", is_centred=True)
    setter.rule()
    setter.line(f"{slip.employer_name}：", TALL)
    # The name is evidence: it looks the same whichever characters the printer has.
    setter.drawn_line(f"现介绍 {slip.worker_name} 到您处做{slip.trade_name}。")
    amount, bracket, capitals = slip.pay_words.partition("(")
    setter.line(amount, DOUBLE)
    setter.line(bracket + capitals, TALL)
    setter.line(slip.settlement_words)
    setter.line(PAY_PROMISE, DOUBLE)
    setter.rule()
    for caption, value in slip_facts(slip):
        setter.line(f"{caption} {value}", TALL)
    setter.rule()
    _proof("扫码验真" if setter.settings.draws_codes else "上网验真", slip, setter)
    _phones(slip.hotline, slip.complaint_line, setter)
    setter.line(signed_by(slip))
    setter.line(slip.issued_at)


def _receipt(slip: SlipDocument, setter: Typesetter) -> None:
    setter.skip()
    setter.line(_TEAR_LINE, is_centred=True)
    setter.skip()
    setter.line("回执", DOUBLE, is_centred=True)
    setter.line("干完活请把这一联交回窗口", is_centred=True)
    setter.rule()
    for caption, value in (
        ("编号", slip.slip_no),
        ("姓名", slip.worker_name),
        ("用工", slip.employer_name),
        ("工种", slip.trade_name),
        ("日期", slip.work_day),
    ):
        if value:
            setter.line(f"{caption} {value}", TALL)
    setter.spread("□已到岗", "□没到岗", TALL)
    setter.spread("□工资已结清", "□工资没结清", TALL)
    for caption in ("用工方签字", "本人签字"):
        setter.skip()
        setter.line(f"{caption} {'_' * (setter.settings.columns - 11)}")
    _proof("交回时登记", slip, setter)


def _proof(caption: str, slip: SlipDocument, setter: Typesetter) -> None:
    setter.line(caption, TALL)
    setter.code(slip.qr)
    if slip.code:
        setter.line(f"验证码 {slip.code}", TALL)
