"""Owns money: whole fen inside, yuan in figures and in financial capitals for people."""

import re
import unicodedata

from server.domain.errors import PayInvalid, PayMissing, PayTooLarge
from server.domain.kinds import PayUnit

MAX_PAY_FEN = 100_000_00

_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?\Z")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_PAY_PREFIXES = {
    PayUnit.DAY: "日薪",
    PayUnit.HOUR: "时薪",
    PayUnit.JOB: "包活",
}
_SENTENCE_PREFIXES = {
    PayUnit.DAY: "每天",
    PayUnit.HOUR: "每小时",
    PayUnit.JOB: "这个活一共",
}


def yuan(fen: int) -> str:
    """Write an amount in yuan as short as it goes: 18000 -> "180", 2130 -> "21.30"."""
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"


def parse_yuan(text: str) -> int:
    """Read an amount in yuan, in any width of digit, with or without 元 or ¥.

    Returns fen, 1 to MAX_PAY_FEN. Raises PayMissing for nothing or zero, PayInvalid for what is no
    amount, PayTooLarge above MAX_PAY_FEN.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s,]", "", plain).removeprefix("¥").removesuffix("元").removesuffix("块")
    if not plain:
        raise PayMissing()
    found = _AMOUNT.match(plain)
    if found is None or not plain.isascii():
        raise PayInvalid()
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen == 0:
        raise PayMissing()
    if fen > MAX_PAY_FEN:
        raise PayTooLarge(maximum_fen=MAX_PAY_FEN)
    return fen


def pay_text(pay_fen: int, pay_unit: PayUnit, piece_unit: str = "") -> str:
    """Write the pay as the board shows it: "日薪180元", "时薪25元", "每块3元", "包活2000元"."""
    prefix = _PAY_PREFIXES.get(pay_unit) or f"每{piece_unit or '件'}"
    return f"{prefix}{yuan(pay_fen)}元"


def pay_sentence(pay_fen: int, pay_unit: PayUnit, piece_unit: str = "") -> str:
    """Write the pay as the slip states it: "每天180元（壹佰捌拾元整）"."""
    prefix = _SENTENCE_PREFIXES.get(pay_unit) or f"每{piece_unit or '件'}"
    return f"{prefix}{yuan(pay_fen)}元（{pay_words(pay_fen)}）"


def pay_words(fen: int) -> str:
    """Write an amount in financial capitals: 18000 -> "壹佰捌拾元整", 2130 -> "贰拾壹元叁角整".

    fen: 0 or more, below 10**14. Raises ValueError outside.
    Source: 支付结算办法, annex 1 (正确填写票据).
    """
    if not 0 <= fen < 10**14:
        raise ValueError("amount out of range for financial capitals")
    whole, rest = divmod(fen, 100)
    tenths, hundredths = divmod(rest, 10)
    words = f"{_whole_words(whole)}元" if whole else ""
    if not rest:
        return (words or "零元") + "整"
    if tenths:
        words += f"{_CAPITALS[tenths]}角"
    elif words:
        words += "零"
    return words + (f"{_CAPITALS[hundredths]}分" if hundredths else "整")


def _whole_words(whole: int) -> str:
    """Write whole yuan group by group of four digits; any gap of zeros is read as one 零."""
    rest, groups = whole, []
    for name in _GROUPS:
        rest, group = divmod(rest, 10_000)
        groups.append((group, name))
    words, is_gap_above = "", False
    for group, name in reversed(groups):
        if group:
            words += "零" if words and (is_gap_above or group < 1000) else ""
            words += _group_words(group) + name
        is_gap_above = not group
    return words


def _group_words(group: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _CAPITALS[digit] + _PLACES[place]
        gap = False
    return words
