"""The screens of names, wishes and the questionnaire, as states of the kiosk's dialogue."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from server.domain.survey import QUESTIONS, VERSION
from tests.e2e.kiosk_people import PERSON

FORM = {"person": {**PERSON, "masked_name": None}, "service": "find_work", "answers": {}}
SURVEY = {"version": VERSION, "questions": [asdict(question) for question in QUESTIONS]}
STROKES = [[[150, 450], [850, 440]], [[500, 120], [505, 900]]]
READ = ["十", "士", "卡", "干", "牛", "千", "下", "斗"]
LONGEST = "阿卜杜热合曼·阿卜杜克热木江"


def asked(chosen: str, writing: dict[str, Any], **more: Any) -> dict[str, Any]:
    screen = {"kind": "ask_name", "form": FORM, "chosen": chosen, "writing": writing}
    return {**screen, "sheet": 0, "error": "", **more}


def pinyin(letters: str) -> dict[str, Any]:
    return {"way": "pinyin", "letters": letters}


def picking(**more: Any) -> dict[str, Any]:
    screen = {"kind": "training_pick", "person": PERSON, "group": None, "page": 0}
    return {**screen, "wishes": ["village_craftsman", "cook", "shop_assistant"], **more}


def told(word: str) -> dict[str, Any]:
    return {"kind": "told", "word": word, "detail": "", "left_s": 12}


WISH_SCREENS: dict[str, dict[str, Any]] = {
    "name_empty": asked("", pinyin("")),
    "name_surname": asked("", pinyin("zhang")),
    "name_compound": asked("", pinyin("ou")),
    "name_given": asked("张", pinyin("zhuang"), sheet=1),
    "name_longest": asked(LONGEST, pinyin("shuang")),
    "name_refused": asked("张三", pinyin(""), error="姓名不对，请照着证件上的写。"),
    "name_ink_empty": asked("张", {"way": "ink", "strokes": [], "read": None}),
    "name_ink": asked("张", {"way": "ink", "strokes": STROKES, "read": READ}),
    "name_ink_not_read": asked("张", {"way": "ink", "strokes": STROKES, "read": []}),
    "training_groups": picking(),
    "training_groups_2": picking(page=1, wishes=[]),
    "training_trades": picking(group="建筑建材"),
    "training_when": {"kind": "training_when", "person": PERSON, "wishes": ["cook"]},
    "told_wished": told("wished"),
    "told_thanked": told("thanked"),
    **{
        f"survey_{question.code}": {"kind": "survey", "survey": SURVEY, "page": at, "answers": {}}
        for at, question in enumerate(QUESTIONS)
    },
}
