"""Owns what a reviewer looks at before a post is published, and what the employer must show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.domain.age_windows import age_windows
from server.domain.errors import DomainError
from server.domain.kinds import EmployerKind, PayUnit
from server.domain.money import pay_text, yuan
from server.domain.phrases import SETTLEMENT_NAMES, TOOLS_NAMES, TRANSPORT_NAMES, sentence
from server.domain.post_words import clock_text, conditions_text, days_text
from server.domain.posts import (
    PostRules,
    ReviewHit,
    check_post,
    minimum_pay_fen,
    second_looks,
    suits_minor,
)
from server.domain.trades import trade
from server.services.employers import Employer
from server.services.open_market import OpenMarket
from server.services.posts import Post

# 人力资源市场暂行条例, article 24, and 就业服务与就业管理规定, article 11.
EVIDENCE = {
    EmployerKind.UNIT: ("营业执照(副本)", "经办人身份证", "不是法人本人来的，还要委托书"),
    EmployerKind.HOUSEHOLD: ("本人身份证",),
}

# A headcount that is worth asking about.
MANY = 100


@dataclass(frozen=True)
class CheckLine:
    """One thing the law wants a post to say. is_met: it is there and lawful."""

    name: str
    value: str
    is_met: bool


@dataclass(frozen=True)
class PostCheck:
    """What a reviewer sees. fault: why it could not be published now, "" if it can.

    looks: what may be published only with a reason.
    """

    lines: tuple[CheckLine, ...]
    evidence: tuple[str, ...]
    hints: tuple[str, ...]
    fault: str
    looks: tuple[ReviewHit, ...]


def post_check(market: OpenMarket, post: Post, employer: Employer, rules: PostRules) -> PostCheck:
    """Return the review of a post as it stands now."""
    return PostCheck(
        _lines(post),
        EVIDENCE[employer.kind],
        _hints(post, rules),
        _fault(market, post, rules),
        second_looks(post.draft, rules),
    )


def _lines(post: Post) -> tuple[CheckLine, ...]:
    draft = post.draft
    pay = pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit)
    extras = (
        "管午饭" if draft.has_lunch else "不管饭",
        TRANSPORT_NAMES[draft.transport],
        TOOLS_NAMES[draft.tools],
        "上意外险" if draft.has_insurance else "不上意外险",
    )
    hours = f"{clock_text(draft.start_time)}–{clock_text(draft.end_time)}"
    reward = f"{pay} · {SETTLEMENT_NAMES[draft.settlement]}"
    return (
        CheckLine("用人单位基本情况", post.employer_name, True),
        CheckLine("招聘人数", f"{draft.headcount}人", draft.headcount > 0),
        CheckLine("工作内容", trade(draft.trade_id).name, True),
        CheckLine("招聘条件", conditions_text(draft) or "不限", True),
        CheckLine("工作地点", draft.place, bool(draft.place)),
        CheckLine("基本劳动报酬", reward, draft.pay_fen > 0),
        CheckLine("工作时间", f"{days_text(draft)} {hours}", True),
        CheckLine("福利待遇", " · ".join(extras), True),
    )


def _hints(post: Post, rules: PostRules) -> tuple[str, ...]:
    draft, kind = post.draft, trade(post.draft.trade_id)
    hints = []
    minimum = minimum_pay_fen(draft, rules)
    if minimum is not None:
        hints.append(f"按当地最低工资，这个活不能低于{yuan(minimum)}元。")
    else:
        hints.append(_by_piece(post, rules))
    if draft.headcount >= MANY:
        hints.append(f"一次招{draft.headcount}人，请和雇主核对人数。")
    if kind.certificate:
        hints.append(f"{kind.name}要有{kind.certificate}，推荐时请看证。")
    for window in age_windows(kind.id):
        hints.append(f"{window.why}，推荐前请问清楚（只提醒，不拦人）。")
    if not suits_minor(draft, kind):
        hints.append("这个活不能招16、17周岁的人，系统会挡住。")
    if not draft.has_insurance:
        hints.append("没有意外险，请提醒雇主上险。")
    return tuple(hints)


def _by_piece(post: Post, rules: PostRules) -> str:
    """Say what piece work should come to; who works how fast, nobody can compute."""
    day = replace(post.draft, pay_unit=PayUnit.DAY, piece_unit="")
    least = yuan(minimum_pay_fen(day, rules) or 0)
    return f"计件、包活请算一算：一个人干一天下来不能低于{least}元（当地最低工资）。"


def _fault(market: OpenMarket, post: Post, rules: PostRules) -> str:
    try:
        check_post(post.draft, rules, market.database.now())
    except DomainError as error:
        return sentence(error)
    return ""
