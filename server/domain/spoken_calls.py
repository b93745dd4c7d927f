"""Owns what the kiosk says of numbers that were called in vain."""

from __future__ import annotations

from collections.abc import Mapping

# Text and numbered pinyin, as in `spoken.py`.
CALL_SENTENCES: Mapping[str, tuple[str, str]] = {
    "tickets_missed": (
        "您的号过了。要等，按回到队里。不等了，按取消号。",
        "nin2 de5 hao4 guo4 le5. yao4 deng3, an4 hui2 dao4 dui4 li3. "
        "bu4 deng3 le5, an4 qu3 xiao1 hao4.",
    ),
    "returned": (
        "回到队里了。请不要走远，听叫号。",
        "hui2 dao4 dui4 li3 le5. qing3 bu2 yao4 zou3 yuan3, ting1 jiao4 hao4.",
    ),
}
