"""Owns how rules of review read a post's free text: what was hit, by which rule, and where.

Rules are written to catch a wish, not a word: "限男" is refused and "男女不限" is not. A text is
read twice: as written, and with the gaps between characters closed ("刷 单", "押*金").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from server.domain.data_files import read_rows
from server.domain.kinds import BannedCategory
from server.domain.review_kinds import RuleKind, RuleOrigin
from server.domain.review_words import pattern_of_words, plain_text

# "不收押金" promises what the law asks for; a rule says whether it can be promised away so.
_DENIAL = re.compile(
    r"(?:不|无|免|没|没有|禁止|严禁|拒绝|谢绝|零)(?:再|用|需|会|得|许|要|可)*"
    r"(?:交|收|招|押|扣|付|缴|任何|各种|取|用|一切|什么|的|[一-鿿]{1,3}费|[和、及或])*\Z"
)
_CLAUSE_ENDS = re.compile(r"[,。;!?\s]")
_GAP = re.compile(r"(?<=[一-鿿])[\s*·•._\-~|/+]+(?=[一-鿿])")
# What a clause says before a hit, as far as a denial looks back: longer ones are no denial.
_DENIAL_REACH = 24


@dataclass(frozen=True, kw_only=True)
class ReviewRule:
    """One rule. name: in a few words, for staff. sentence: what a hit tells, with what to do.

    pattern: a regular expression, of built-in rules only. words: of own rules, with wildcards.
    exceptions: words around which a hit does not count. shown_as: said instead of the words that
    were hit, where they are personal data. can_be_denied: "不收…" before it takes it back.
    basis: the law it rests on.
    """

    id: str
    category: BannedCategory
    kind: RuleKind
    origin: RuleOrigin
    name: str
    sentence: str
    basis: str = ""
    pattern: str = ""
    words: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    shown_as: str = ""
    can_be_denied: bool = False
    is_enabled: bool = True


@dataclass(frozen=True)
class TextHit:
    """What a rule found. word: as written, or for personal data only its kind.

    start, end: where it stands in the text as it was typed.
    """

    rule: ReviewRule
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; is_hit: some rule found something in it."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class _Reading:
    """A text as the rules read it; origins: where each character stands in the typed text."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, typed: str) -> "_Reading":
        signs = [(sign, at) for at, raw in enumerate(typed) for sign in plain_text(raw)]
        return cls("".join(sign for sign, _ in signs), tuple(at for _, at in signs))

    def closed(self) -> "_Reading":
        gaps = {at for gap in _GAP.finditer(self.text) for at in range(*gap.span())}
        kept = [at for at in range(len(self.text)) if at not in gaps]
        return _Reading(
            "".join(self.text[at] for at in kept), tuple(self.origins[at] for at in kept)
        )


@dataclass(frozen=True)
class _Compiled:
    rule: ReviewRule
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str] | None

    @classmethod
    def of(cls, rule: ReviewRule) -> "_Compiled":
        own = rule.origin is RuleOrigin.OWN
        pattern = pattern_of_words(rule.words) if own else rule.pattern
        exceptions = pattern_of_words(rule.exceptions)
        return cls(
            rule,
            re.compile(pattern, re.IGNORECASE if own else 0),
            re.compile(exceptions, re.IGNORECASE) if exceptions else None,
        )

    def hits(self, reading: _Reading) -> Iterator[TextHit]:
        for found in self.pattern.finditer(reading.text):
            if found[0] and not self._is_excepted(reading.text, found):
                start, last = (
                    reading.origins[found.start()],
                    reading.origins[found.end() - 1],
                )
                yield TextHit(self.rule, self.rule.shown_as or found[0], start, last + 1)

    def _is_excepted(self, text: str, found: re.Match[str]) -> bool:
        if self.rule.can_be_denied and _is_denied(text, found):
            return True
        if self.exceptions is None:
            return False
        around = self.exceptions.finditer(text)
        return any(e.start() <= found.start() and found.end() <= e.end() for e in around)


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Tell whether the clause before says that this is not so: 不收押金, 严禁招用童工."""
    before = text[max(found.start() - _DENIAL_REACH, 0) : found.start()]
    return bool(_DENIAL.search(_CLAUSE_ENDS.split(before)[-1]))


@dataclass(frozen=True)
class RuleScreen:
    """Rules made ready to read texts; made once for each version of the rules."""

    rules: tuple[ReviewRule, ...]
    _ready: tuple[_Compiled, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the rules that are switched on."""
        ready = tuple(_Compiled.of(rule) for rule in self.rules if rule.is_enabled)
        object.__setattr__(self, "_ready", ready)

    def hits(self, text: str) -> tuple[TextHit, ...]:
        """Find what the rules do not want, in the order of the text, each thing once."""
        if not text.strip():
            return ()
        plain = _Reading.of(text)
        closed = plain.closed()
        readings = (plain,) if closed.text == plain.text else (plain, closed)
        found = [hit for r in readings for ready in self._ready for hit in ready.hits(r)]
        return _once_each(found)


def _once_each(found: list[TextHit]) -> tuple[TextHit, ...]:
    """Drop a hit inside another of its category, and the same words said again."""
    kept: list[TextHit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not any(_covers(other, hit) for other in kept):
            kept.append(hit)
    return tuple(kept)


def _covers(other: TextHit, hit: TextHit) -> bool:
    if other.rule.category is not hit.rule.category:
        return False
    # A softer rule does not hide a harder one.
    if hit.rule.kind is RuleKind.BLOCK and other.rule.kind is RuleKind.REVIEW:
        return False
    is_inside = other.start <= hit.start and hit.end <= other.end
    return is_inside or (other.word == hit.word and other.rule.kind is hit.rule.kind)


def marked(text: str, hits: tuple[TextHit, ...]) -> tuple[Piece, ...]:
    """Cut a text into stretches that were hit and those between; hits that overlap are one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((hit.start, hit.end) for hit in hits):
        if spans and start < spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.text)


@cache
def built_in_rules() -> tuple[ReviewRule, ...]:
    """Give the rules a market comes with, from server/data/review_rules.csv."""
    return tuple(
        ReviewRule(
            id=row["id"],
            category=BannedCategory(row["category"]),
            kind=RuleKind(row["kind"]),
            origin=RuleOrigin.BUILT_IN,
            name=row["name"],
            sentence=row["sentence"],
            basis=row["basis"],
            pattern=row["pattern"],
            shown_as=row["shown_as"],
            can_be_denied=row["can_be_denied"] == "1",
        )
        for row in read_rows("review_rules.csv")
    )


@cache
def built_in_screen() -> RuleScreen:
    """Give the built-in rules ready to read."""
    return RuleScreen(built_in_rules())
