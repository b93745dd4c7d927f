"""Invented people for demonstrations, training and tests.

Their citizen numbers carry a right check digit and the sequence numbers 996 to 999, which are
traditionally kept for people over one hundred: no living worker has one of these numbers.
"""

from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_11_2

from kiosk.agent.reader.card import CardKind, CardRead

_MALE, _FEMALE = "1", "2"  # GB/T 2261.1
_SEQUENCES = {_MALE: "997", _FEMALE: "998"}  # GB 11643: odd for men, even for women.
_UNKNOWN = "\ue5f1"  # A private-use character that no table knows.


@dataclass(frozen=True)
class DemoCard:
    """A card for the simulated reader; label is the Chinese text on its button."""

    card_id: str
    label: str
    content: CardRead


@dataclass(frozen=True)
class _Person:
    """What differs between the invented people; division_code opens the citizen number."""

    card_id: str
    remark: str
    name: str
    sex: str
    birth_day: date
    division_code: str
    address: str
    card_years: int | None = 20  # None: 长期.
    issued_years_ago: int = 3
    card_kind: CardKind = CardKind.RESIDENT


def demo_cards(today: date) -> tuple[DemoCard, ...]:
    """Return at least 14 demo cards in the order of their buttons; card_id is unique.

    Ages that a rule depends on are counted from 1 January of today's year, so that a person
    keeps the citizen number for a year.
    """
    people = (*_LOCAL, *_NAMES, *_EDGES, *_age_limits(today))
    return (*(_citizen_card(person, today) for person in people), *_foreigners(today))


def citizen_number(division_code: str, birth_day: date, sex: str) -> str:
    """Build an 18-digit number with its check digit (GB 11643-1999, ISO 7064 MOD 11-2)."""
    body = f"{division_code}{birth_day:%Y%m%d}{_SEQUENCES[sex]}"
    return body + str(mod_11_2.calc_check_digit(body))


def _citizen_card(person: _Person, today: date) -> DemoCard:
    issued_day = date(today.year - person.issued_years_ago, 5, 12)
    until_day = (
        None
        if person.card_years is None
        else issued_day.replace(year=issued_day.year + person.card_years)
    )
    return DemoCard(
        person.card_id,
        f"{person.name.replace(_UNKNOWN, '〓')}（{person.remark}）",
        CardRead(
            card_kind=person.card_kind,
            name=person.name,
            sex=person.sex,
            birth_day=person.birth_day,
            id_no=citizen_number(person.division_code, person.birth_day, person.sex),
            valid_from=issued_day,
            valid_until=until_day,
            address=person.address,
        ),
    )


_LOCAL = (
    _Person(
        "zhang-jianguo",
        "朔城区人",
        "张建国",
        _MALE,
        date(1974, 8, 15),
        "140602",
        "山西省朔州市朔城区神头镇东榆林村36号",
    ),
    _Person(
        "li-xiuying",
        "朔城区人",
        "李秀英",
        _FEMALE,
        date(1981, 3, 2),
        "140602",
        "山西省朔州市朔城区北城街道民福西街12号楼3单元502室",
    ),
    _Person(
        "gao-yongsheng",
        "平鲁区人",
        "高永胜",
        _MALE,
        date(1990, 11, 27),
        "140603",
        "山西省朔州市平鲁区井坪镇南坪村8号",
    ),
)

_NAMES = (
    _Person(
        "wang-jun",
        "两字名",
        "王军",
        _MALE,
        date(1986, 6, 9),
        "140621",
        "山西省朔州市山阴县岱岳镇永和村21号",
    ),
    _Person(
        "linghu-zhiqiang",
        "复姓",
        "令狐志强",
        _MALE,
        date(1979, 1, 18),
        "142724",
        "山西省运城市临猗县猗氏镇城西村5号",
    ),
    _Person(
        "maimaiti-aili",
        "名字带点",
        "买买提·艾力",
        _MALE,
        date(1992, 4, 30),
        "653125",
        "新疆维吾尔自治区莎车县阿热勒乡11村2组17号",
    ),
    _Person(
        "shi-yan",
        "生僻字",
        "石䶮",
        _MALE,
        date(1995, 9, 21),
        "140602",
        "山西省朔州市朔城区南城街道七里河村44号",
    ),
    _Person(
        "zhao-zhe",
        "少见字",
        "赵喆",
        _FEMALE,
        date(1998, 12, 5),
        "140681",
        "山西省怀仁市云中镇仁人家园7号楼1单元301室",
    ),
    _Person(
        "duan-unknown-character",
        "有字显示不出",
        f"段{_UNKNOWN}",
        _MALE,
        date(1983, 7, 7),
        "140623",
        "山西省朔州市右玉县新城镇三里庄村9号",
    ),
)

_EDGES = (
    _Person(
        "liu-guizhen",
        "老区划代码·雁北地区",
        "刘桂珍",
        _FEMALE,
        date(1971, 10, 13),
        "142126",
        "山西省朔州市应县金城镇龙泉村62号",
    ),
    _Person(
        "zhao-fushun",
        "证件长期有效",
        "赵福顺",
        _MALE,
        date(1968, 2, 24),
        "142129",
        "山西省朔州市平鲁区下面高乡刘家窑村3号",
        card_years=None,
    ),
    _Person(
        "sun-lianhe",
        "证件已过期",
        "孙连和",
        _MALE,
        date(1977, 5, 3),
        "140602",
        "山西省朔州市朔城区下团堡乡刘家口村15号",
        issued_years_ago=21,
    ),
    _Person(
        "bai-xiaohong",
        "区划代码查不到",
        "白晓红",
        _FEMALE,
        date(1989, 8, 8),
        "142999",
        "山西省朔州市应县下社镇小石口村27号",
    ),
    _Person(
        "chen-jiahao",
        "港澳居民居住证",
        "陈嘉豪",
        _MALE,
        date(1988, 3, 19),
        "810000",
        "山西省朔州市朔城区开发北路锦绣花园2号楼1101室",
        card_years=5,
        card_kind=CardKind.HMT,
    ),
)


def _age_limits(today: date) -> tuple[_Person, ...]:
    return (
        _Person(
            "hao-xiaoyu",
            "15岁，不满16岁",
            "郝小宇",
            _MALE,
            date(today.year - 15, 1, 1),
            "140602",
            "山西省朔州市朔城区神头镇吉庄村19号",
            card_years=5,
        ),
        _Person(
            "wu-tingting",
            "17岁",
            "武婷婷",
            _FEMALE,
            date(today.year - 17, 1, 1),
            "140621",
            "山西省朔州市山阴县北周庄镇燕庄村30号",
            card_years=5,
        ),
        _Person(
            "ma-laiwang",
            "64岁",
            "马来旺",
            _MALE,
            date(today.year - 64, 1, 1),
            "142128",
            "山西省朔州市朔城区滋润乡东鱼村7号",
            card_years=None,
        ),
    )


def _foreigners(today: date) -> tuple[DemoCard, ...]:
    issued_day = date(today.year - 3, 9, 1)
    until_day = date(today.year + 7, 9, 1)
    older = CardRead(
        card_kind=CardKind.FOREIGNER_2017,
        name="安德烈",
        sex=_MALE,
        birth_day=date(1985, 6, 14),
        id_no="RUS140685061401",
        valid_from=issued_day,
        valid_until=until_day,
        address="",
    )
    newer = CardRead(
        card_kind=CardKind.FOREIGNER_2023,
        name="伊琳娜",
        sex=_FEMALE,
        birth_day=date(1991, 2, 3),
        id_no=citizen_number("914643", date(1991, 2, 3), _FEMALE),
        valid_from=issued_day,
        valid_until=until_day,
        address="",
    )
    return (
        DemoCard("an-delie", "安德烈（外国人永久居留证，2017版）", older),
        DemoCard("yi-linna", "伊琳娜（外国人永久居留证，2023版）", newer),
    )
