"""Owns who suits a post and which posts suit a worker, best first, with the reasons in words.

Two people are compared from the first thing that counts to the last; there are no points to add
up. `server/services/candidates.py` picks by the same keys in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.kinds import PayUnit, SkillLevel, Transport
from server.domain.order_rules import OrderRule, turn_words
from server.domain.phrases import SKILL_NAMES
from server.domain.posts import WorkTimes, work_minutes
from server.domain.trades import trade, trades

# A lump sum or piece pay says nothing of a day's earnings: it counts like a usual day.
USUAL_DAY_PAY_FEN = 150_00
# A trade of the same group comes behind every trade the worker named.
NEIGHBOUR = 100
# GB/T 职业技能等级, element AAC015: no certificate, then junior to technician and above.
SKILL_RANKS = {
    SkillLevel.NONE: 0,
    SkillLevel.JUNIOR: 1,
    SkillLevel.INTERMEDIATE: 2,
    SkillLevel.SENIOR: 3,
    SkillLevel.TECHNICIAN: 4,
}
_SKILLS = {rank: level for level, rank in SKILL_RANKS.items()}
# Where somebody stands who did not apply.
LAST = 1_000_000


@dataclass(frozen=True)
class Place:
    """Where a ticket stands in the line: by the turn of the order rule, then by arrival."""

    turn: int
    place_id: str
    place_no: int
    ticket_id: str

    @property
    def key(self) -> tuple[int, str, int, str]:
        """Return what the line is sorted by."""
        return (self.turn, self.place_id, self.place_no, self.ticket_id)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the ranking looks at of a post.

    day_pay_fen: None for piece pay and lump sums. skill_asked: rank, 0 for none. left: free places.
    """

    post_id: str
    no: int
    trade_id: str
    left: int
    day_pay_fen: int | None
    has_lunch: bool
    transport: Transport
    is_night: bool
    suits_minors: bool
    skill_asked: int = 0
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """What the ranking looks at of a ticket: its holder's wishes, and everybody on it.

    trades: the preferred one first; none: any will do. skill: rank. people: who need a job, more
    than 1 is a crew. has_minor: one of them is 16 or 17. pay_wanted_fen: for a day. place: None
    outside the line.
    """

    trades: tuple[str, ...]
    skill: int = 0
    people: int = 1
    has_minor: bool = False
    pay_wanted_fen: int | None = None
    needs_ride: bool = False
    no_nights: bool = False
    is_hardship: bool = False
    is_parked: bool = False
    place: Place | None = None


@dataclass(frozen=True)
class Bond:
    """What there is between a worker and a post already.

    is_named: the employer asked for this worker. applied: the place in the order of the
    applications, 0 for none. has_declined: the two did not agree before.
    """

    is_named: bool = False
    applied: int = 0
    has_declined: bool = False


NO_BOND = Bond()


def day_pay_fen(pay_fen: int, unit: PayUnit, times: WorkTimes) -> int | None:
    """Return what a day of the work pays; None for piece pay and lump sums."""
    if unit is PayUnit.DAY:
        return pay_fen
    return pay_fen * work_minutes(times) // 60 if unit is PayUnit.HOUR else None


def fits(offer: Offer, seeker: Seeker, bond: Bond = NO_BOND) -> bool:
    """Tell whether a post may be offered to a ticket at all.

    A crew is offered whole or not at all; minors get what the law lets them do. The trade is one
    they named or of its group, unless the worker or the employer asked for the other.
    Nobody is left out for being old, for pay, or for skill.
    """
    if offer.left < max(seeker.people, 1) or (seeker.has_minor and not offer.suits_minors):
        return False
    is_asked_for = bond.is_named or bond.applied > 0
    return is_asked_for or not seeker.trades or trade_rank(offer.trade_id, seeker.trades) < LAST


def trade_rank(trade_id: str, named: Sequence[str]) -> int:
    """Return how near a trade is to the named ones: 0 for the first of them, LAST for none."""
    if trade_id in named:
        return list(named).index(trade_id)
    group = trade(trade_id).group
    near = [rank for rank, other in enumerate(named) if trade(other).group == group]
    return NEIGHBOUR + near[0] if near else LAST if named else 0


def lacks_skill(offer: Offer, seeker: Seeker) -> bool:
    """Tell whether the post asks for a higher skill; a higher one covers the lower ones."""
    return seeker.skill < offer.skill_asked


def unmet(offer: Offer, seeker: Seeker) -> int:
    """Count the wishes of a worker that a post does not meet, of pay, ride and hours."""
    pay = offer.day_pay_fen
    wants = seeker.pay_wanted_fen
    return (
        (wants is not None and pay is not None and pay < wants)
        + (seeker.needs_ride and offer.transport is Transport.NONE)
        + (seeker.no_nights and offer.is_night)
    )


Key = tuple[object, ...]


def worker_key(offer: Offer, seeker: Seeker, bond: Bond) -> Key:
    """Return what the tickets of one post are sorted by, the best first.

    Who did not agree before or was put aside comes last. Then: named by the employer; applied, in
    that order; one of their own trades; skilled enough; fewest unmet wishes; hardship; the line.
    """
    place = seeker.place.key if seeker.place else ()
    return (
        bond.has_declined or seeker.is_parked,
        not bond.is_named,
        bond.applied or LAST,
        offer.trade_id not in seeker.trades,
        lacks_skill(offer, seeker),
        unmet(offer, seeker),
        not seeker.is_hardship,
        place,
    )


def post_key(offer: Offer, seeker: Seeker, bond: Bond) -> Key:
    """Return what the posts of one ticket are sorted by, the best first.

    As `worker_key`, with the wish a trade was named as; then the better paid, with lunch, newer.
    """
    pay = USUAL_DAY_PAY_FEN if offer.day_pay_fen is None else offer.day_pay_fen
    return (
        bond.has_declined,
        not bond.is_named,
        bond.applied == 0,
        trade_rank(offer.trade_id, seeker.trades),
        lacks_skill(offer, seeker),
        unmet(offer, seeker),
        -pay,
        not offer.has_lunch,
        -offer.published_at.timestamp(),
        -offer.no,
    )


def trade_bit(trade_id: str) -> int:
    """Return the bit of a trade in a `trades_mask`; by its place in the list of trades."""
    return 1 << [one.id for one in trades()].index(trade_id)


def trades_mask(trade_ids: Iterable[str]) -> int:
    """Return the bits of some trades; fewer than 63 exist, so that a BIGINT holds them."""
    wanted = set(trade_ids)
    return sum(1 << place for place, one in enumerate(trades()) if one.id in wanted)


def group_mask(trade_id: str) -> int:
    """Return the bits of a trade and its neighbours."""
    group = trade(trade_id).group
    return sum(1 << place for place, one in enumerate(trades()) if one.group == group)


def reasons(offer: Offer, seeker: Seeker, bond: Bond) -> tuple[str, ...]:
    """Return in words what speaks for the two and what against, as the desk reads it."""
    said = [_bond_words(bond), _trade_words(offer, seeker), _skill_words(offer, seeker)]
    said += [_pay_words(offer, seeker), _ride_words(offer, seeker), _hours_words(offer, seeker)]
    certificate = trade(offer.trade_id).certificate
    if certificate:
        said.append(f"请看{certificate}")
    if seeker.has_minor:
        said.append("16到17岁，这活能干")
    if seeker.people > 1:
        said.append(f"班组{seeker.people}人，名额够")
    return tuple(words for words in said if words)


def line_reasons(seeker: Seeker, rule: OrderRule, waited_minutes: int) -> tuple[str, ...]:
    """Return in words why somebody stands where they stand among equals."""
    turn = turn_words(rule, seeker.place.turn) if seeker.place else ""
    hardship = "困难优先" if seeker.is_hardship else ""
    return tuple(words for words in (hardship, turn, _waited_words(waited_minutes)) if words)


def _waited_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"已等{rest}分钟"
    return f"已等{hours}小时{rest}分" if rest else f"已等{hours}小时"


def _bond_words(bond: Bond) -> str:
    said = ["刚才没谈成"] if bond.has_declined else []
    said += ["老板点名要"] if bond.is_named else []
    said += [f"自己报名第{bond.applied}个"] if bond.applied else []
    return "，".join(said)


def _trade_words(offer: Offer, seeker: Seeker) -> str:
    asked = trade(offer.trade_id)
    if not seeker.trades:
        return ""
    rank = trade_rank(offer.trade_id, seeker.trades)
    if rank < NEIGHBOUR:
        nth = f"（第{rank + 1}想干）" if rank else ""
        return f"会干{asked.short_name}{nth}"
    if rank < LAST:
        return f"相近：{trade(seeker.trades[rank - NEIGHBOUR]).short_name}"
    return f"没填{asked.short_name}"


def _skill_words(offer: Offer, seeker: Seeker) -> str:
    own = SKILL_NAMES[_SKILLS[seeker.skill]]
    if not offer.skill_asked:
        return own if seeker.skill else ""
    asked = SKILL_NAMES[_SKILLS[offer.skill_asked]]
    if lacks_skill(offer, seeker):
        return f"要{asked}，本人{own}"
    return f"{own}，够{asked}"


def _pay_words(offer: Offer, seeker: Seeker) -> str:
    wants, pay = seeker.pay_wanted_fen, offer.day_pay_fen
    if wants is None:
        return ""
    if pay is None:
        return f"想要{_yuan(wants)}一天，这活不按天算"
    if pay < wants:
        return f"想要{_yuan(wants)}一天，这活{_yuan(pay)}"
    return f"工钱够想要的{_yuan(wants)}"


def _ride_words(offer: Offer, seeker: Seeker) -> str:
    if not seeker.needs_ride:
        return ""
    return "要接送，这活不接送" if offer.transport is Transport.NONE else "要接送，有车"


def _hours_words(offer: Offer, seeker: Seeker) -> str:
    if not seeker.no_nights:
        return ""
    return "不上夜班，这活有夜班" if offer.is_night else "不上夜班，这活是白天"


def _yuan(fen: int) -> str:
    return f"{fen // 100}元" if fen % 100 == 0 else f"{fen / 100:.2f}元"
