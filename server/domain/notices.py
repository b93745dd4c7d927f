"""Owns the one-time notices (一次性告知) that a market begins with, and the form of their text.

Notice, Annex 4 item 10 asks for 一次性告知: whoever comes is told everything to bring at once. The
texts are a beginning that a manager changes; no outside list stands behind them.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.domain.errors import TextMissing, TextTooLong
from server.domain.kinds import ServiceKind

MOST_LINES = 10
LINE_LIMIT = 40
FIRST_NOTICES: Mapping[ServiceKind, str] = {
    ServiceKind.FIND_WORK: "身份证\n手机\n有技能证的带上技能证",
    ServiceKind.CONSULT: "身份证\n要问的事有单子、合同、短信的，一起带来",
    ServiceKind.TRAINING: "身份证\n毕业证（有的带上）\n技能证（有的带上）",
    ServiceKind.HARDSHIP: "身份证\n户口本\n说明困难的材料，比如病历、低保证、残疾证",
    ServiceKind.COMPLAINT: (
        "身份证\n推荐介绍信，或者诉求回执\n干活的凭据：记工本、照片、聊天记录\n"
        "给过钱的凭据：转账记录、收条\n用工的人叫什么、电话、在哪儿干的活"
    ),
}


def clean_notice(text: str) -> str:
    """Return a notice with one thing a line, without empty lines.

    Raises TextMissing for nothing, TextTooLong for more than MOST_LINES or a line of more than
    LINE_LIMIT characters.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise TextMissing(field="notice")
    if len(lines) > MOST_LINES or any(len(line) > LINE_LIMIT for line in lines):
        raise TextTooLong(field="notice")
    return "\n".join(lines)
