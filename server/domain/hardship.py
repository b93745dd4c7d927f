"""Owns the words of the hardship roster (困难人员台账): categories, grades, what help is given.

"困难零工帮扶": notice, Annex 4 item 12. Graded service for long waits, low income, disability and
age: 人社部发〔2022〕38号, through domain.md 1.3. The county says who belongs to a category.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

NOTE_LIMIT = 200


class HardshipCategory(StrEnum):
    """Name why somebody finds no work easily."""

    NO_EARNER = "no_earner"
    LOW_INCOME = "low_income"
    DISABLED = "disabled"
    OLDER = "older"
    LONG_JOBLESS = "long_jobless"
    OTHER = "other"


class HardshipGrade(IntEnum):
    """Say how much help somebody needs; 1 is the most."""

    FIRST = 1
    SECOND = 2
    THIRD = 3


class HelpKind(StrEnum):
    """Name what help was given."""

    REFERRED = "referred"
    PUBLIC_POST = "public_post"
    TRAINING = "training"
    SUBSIDY = "subsidy"
    GUIDANCE = "guidance"
    OTHER = "other"


CATEGORY_NAMES: Mapping[HardshipCategory, str] = {
    HardshipCategory.NO_EARNER: "零就业家庭",
    HardshipCategory.LOW_INCOME: "低保、低收入",
    HardshipCategory.DISABLED: "残疾",
    HardshipCategory.OLDER: "大龄",
    HardshipCategory.LONG_JOBLESS: "长期失业(一年以上)",
    HardshipCategory.OTHER: "其他困难",
}
GRADE_NAMES: Mapping[HardshipGrade, str] = {
    HardshipGrade.FIRST: "一级(最急，专人帮)",
    HardshipGrade.SECOND: "二级(优先推荐)",
    HardshipGrade.THIRD: "三级(常联系)",
}
HELP_NAMES: Mapping[HelpKind, str] = {
    HelpKind.REFERRED: "优先推荐岗位",
    HelpKind.PUBLIC_POST: "推荐公益性岗位",
    HelpKind.TRAINING: "推荐培训",
    HelpKind.SUBSIDY: "帮着申请补贴、救助",
    HelpKind.GUIDANCE: "职业指导、谈心",
    HelpKind.OTHER: "其他帮扶",
}
