"""Owns the invented people, firms and posts of a seeded day. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from random import Random

from server.domain.citizen_number import check_digit
from server.domain.kinds import PayUnit, Settlement, Tools, Transport

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    *("建国", "秀英", "志强", "玉兰", "海军", "桂花", "永红", "春梅", "保平", "爱萍", "国栋"),
    *("翠莲", "拴柱", "巧云", "金锁", "改兰", "二小", "俊峰", "福生", "月娥", "全喜", "芳"),
    *("明", "军", "斌", "丽", "勇", "霞", "涛", "红梅", "贵生", "美玲", "润生", "存花"),
    *("满仓", "喜梅", "树林", "青莲", "高旺", "艳"),
)
# Present and abolished codes: for people over 25 an old code is the normal case.
HOME_CODES = (
    *("140602",) * 9,
    *("140603",) * 3,
    "140621",
    "140622",
    "140623",
    "140624",
    "140681",
    *("142126",) * 2,
    "142129",
    "140225",
    "152634",
    "130726",
)
TRADE_SETS = (
    *(("general_labourer",),) * 5,
    ("bricklayer", "general_labourer"),
    ("bricklayer", "plasterer"),
    ("rebar_worker", "concrete_worker"),
    ("formwork_carpenter",),
    ("tiler", "plasterer"),
    ("painter",),
    ("electrician",),
    ("plumber",),
    ("welder",),
    ("demolition_worker", "general_labourer"),
    *(("loader",),) * 3,
    ("loader", "general_labourer"),
    ("truck_driver",),
    ("forklift_driver",),
    ("warehouse_sorter", "packer"),
    *(("housekeeper",),) * 2,
    ("elder_carer",),
    *(("cleaner",),) * 3,
    ("gardener",),
    ("waiter",),
    ("cook",),
    ("packer",),
    ("farm_worker",),
    ("fruit_picker",),
)
EDUCATIONS = ("71", "71", "71", "71", "81", "81", "61", "41", "90", "31")
SKILLS = ("0", "0", "0", "0", "5", "4", "3", "2")


@dataclass(frozen=True)
class InventedPerson:
    """Somebody who does not exist, with a citizen number of the right form."""

    name: str = field(repr=False)
    id_no: str = field(repr=False)
    phone: str = field(repr=False)
    trades: tuple[str, ...]
    education: str
    skill: str


def invent_person(random: Random, today: date) -> InventedPerson:
    """Return the next invented person, 19 to 66 years old."""
    name = random.choice(SURNAMES) + random.choice(GIVEN)
    is_woman = random.random() < 0.32
    age = min(66, max(19, round(random.gauss(48, 10))))
    birth = date(today.year - age, random.randint(1, 12), random.randint(1, 28))
    # Sequences from 990 up are kept for special cases, so no living worker has these numbers.
    sequence = 990 + (random.randrange(0, 10, 2) + (0 if is_woman else 1))
    first17 = f"{random.choice(HOME_CODES)}{birth:%Y%m%d}{sequence:03d}"
    return InventedPerson(
        name,
        first17 + check_digit(first17),
        f"1{random.choice('358')}{random.randrange(10**9):09d}",
        random.choice(TRADE_SETS),
        random.choice(EDUCATIONS),
        random.choice(SKILLS),
    )


# {county} and {city} are filled in for the market that is seeded.
UNITS = (
    "{county}宏远建筑劳务有限公司",
    "{city}鑫达装饰工程有限公司",
    "{county}顺发搬家服务部",
    "山西恒泰商砼有限公司",
    "{county}洁美保洁服务有限公司",
    "{city}盛源物流有限公司",
    "{county}福满楼饭庄",
    "{city}绿洲园林绿化有限公司",
    "{county}金秋种植专业合作社",
    "{city}惠民陶瓷厂",
    "{county}安居水暖安装队",
    "山西晋美乳业有限公司",
    "{county}速达快递站",
    "{city}永兴彩钢结构有限公司",
    "{county}平安物业服务有限公司",
    "{city}天成市政工程有限公司",
    "{county}阳光养老服务中心",
    "{county}好邻居超市",
    "{city}瑞丰建材市场",
    "{county}巧手家政服务有限公司",
    "{city}同力吊装有限公司",
    "{county}利民蔬菜批发行",
)


@dataclass(frozen=True)
class PostSketch:
    """What a seeded post says; place and meeting point are real kinds of place, not addresses."""

    unit: int
    trade: str
    headcount: int
    pay_yuan: int
    place: str
    meeting: str
    unit_of_pay: PayUnit = PayUnit.DAY
    piece_unit: str = ""
    settlement: Settlement = Settlement.DAILY
    start: time = time(7, 0)
    end: time = time(18, 0)
    meet_at: time = time(6, 30)
    has_lunch: bool = True
    transport: Transport = Transport.BOTH
    tools: Tools = Tools.SUPPLIED
    requirements: str = ""
    has_insurance: bool = False


OWN = Tools.OWN
HOUR, PIECE, JOB = PayUnit.HOUR, PayUnit.PIECE, PayUnit.JOB
NO_BUS = Transport.NONE
SKETCHES = (
    PostSketch(0, "general_labourer", 10, 180, "北旺庄安置楼工地", "市场北门", has_insurance=True),
    PostSketch(0, "bricklayer", 4, 320, "北旺庄安置楼工地", "市场北门", tools=OWN),
    PostSketch(0, "rebar_worker", 6, 300, "北旺庄安置楼工地", "市场北门", has_insurance=True),
    PostSketch(1, "tiler", 2, 350, "开发路小区", "市场西门", tools=OWN, transport=NO_BUS),
    PostSketch(1, "painter", 3, 260, "开发路小区", "市场西门", transport=NO_BUS),
    PostSketch(2, "loader", 4, 220, "古北街搬家", "市场南门", end=time(15, 0), has_lunch=False),
    PostSketch(2, "loader", 2, 3, "建材城卸砖", "建材城东口", PIECE, "块", has_lunch=False),
    PostSketch(3, "general_labourer", 8, 170, "商砼站清仓", "市场北门"),
    PostSketch(4, "cleaner", 6, 155, "七里河新楼开荒", "市场西门", end=time(17, 0)),
    PostSketch(4, "cleaner", 2, 20, "写字楼日常保洁", "开发路口", HOUR, has_lunch=False),
    PostSketch(5, "warehouse_sorter", 12, 160, "物流园分拣", "市场南门", start=time(8, 0)),
    PostSketch(5, "forklift_driver", 1, 240, "物流园", "市场南门", requirements="有叉车证"),
    PostSketch(6, "waiter", 3, 155, "福满楼饭庄", "饭庄后门", start=time(9, 30), end=time(21, 0)),
    PostSketch(6, "cook", 1, 200, "福满楼饭庄", "饭庄后门", start=time(9, 30), end=time(21, 0)),
    PostSketch(7, "gardener", 15, 160, "恢河公园栽树", "市场北门", requirements="自带手套"),
    PostSketch(8, "farm_worker", 20, 160, "滋润乡收玉米", "市场南门", meet_at=time(5, 50)),
    PostSketch(8, "fruit_picker", 10, 155, "滋润乡大棚摘菜", "市场南门", meet_at=time(5, 50)),
    PostSketch(9, "packer", 8, 170, "陶瓷厂包装车间", "市场北门", settlement=Settlement.WEEKLY),
    PostSketch(10, "plumber", 2, 300, "振华街换暖气", "振华街口", tools=OWN, transport=NO_BUS),
    PostSketch(11, "packer", 6, 165, "乳品厂装箱", "市场北门", requirements="有健康证"),
    PostSketch(
        12, "parcel_sorter", 5, 160, "快递站卸车分拣", "市场南门", start=time(5, 0), end=time(14, 0)
    ),
    PostSketch(13, "welder", 2, 350, "彩钢厂", "市场北门", requirements="有焊工证"),
    PostSketch(
        14, "security_guard", 1, 155, "物业小区", "小区东门", has_lunch=False, transport=NO_BUS
    ),
    PostSketch(15, "concrete_worker", 6, 260, "民福街管沟", "市场北门", has_insurance=True),
    PostSketch(15, "general_labourer", 12, 180, "民福街管沟", "市场北门", has_insurance=True),
    PostSketch(16, "elder_carer", 2, 180, "养老服务中心", "中心门口", transport=NO_BUS),
    PostSketch(17, "shop_assistant", 2, 155, "好邻居超市", "超市门口", transport=NO_BUS),
    PostSketch(18, "loader", 6, 200, "建材市场卸水泥", "市场南门", has_lunch=False),
    PostSketch(19, "housekeeper", 3, 35, "城区家庭保洁", "到家", HOUR, has_lunch=False),
    PostSketch(20, "general_labourer", 3, 190, "吊装现场", "市场北门", has_insurance=True),
    PostSketch(
        21, "loader", 5, 190, "蔬菜批发市场", "批发市场西口", start=time(4, 30), end=time(13, 0)
    ),
    PostSketch(1, "demolition_worker", 4, 220, "旧房拆墙", "市场西门", requirements="要求有力气"),
    PostSketch(3, "truck_driver", 1, 280, "商砼站", "市场北门", requirements="有驾驶证"),
    PostSketch(22, "housekeeper", 1, 200, "家里大扫除", "到家", has_lunch=False, transport=NO_BUS),
    PostSketch(23, "loader", 2, 400, "三楼搬到五楼", "到家", JOB, transport=NO_BUS),
    PostSketch(24, "painter", 1, 1500, "两间房刮大白", "到家", JOB, tools=OWN, transport=NO_BUS),
    PostSketch(25, "plumber", 1, 160, "厨房漏水", "到家", JOB, tools=OWN, transport=NO_BUS),
    PostSketch(26, "electrician", 1, 200, "换电线", "到家", JOB, tools=OWN, transport=NO_BUS),
    PostSketch(27, "elder_carer", 1, 160, "照看老人一天", "到家", transport=NO_BUS),
    PostSketch(28, "gardener", 2, 155, "院子清理", "到家", transport=NO_BUS, has_lunch=False),
)
HOUSEHOLDS = 8
EMPLOYERS = len(UNITS) + HOUSEHOLDS
