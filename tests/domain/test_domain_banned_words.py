"""A post's free text: what must be refused and what must get through."""

import pytest

from server.domain.banned_words import screen_post_text
from server.domain.kinds import BannedCategory

REFUSED = [
    ("限男", BannedCategory.SEX),
    ("只要女工", BannedCategory.SEX),
    ("男士优先", BannedCategory.SEX),
    ("女勿扰", BannedCategory.SEX),
    ("招女服务员2名", BannedCategory.SEX),
    ("急招男工", BannedCategory.SEX),
    ("女工5名男工3名", BannedCategory.SEX),
    ("性别:男", BannedCategory.SEX),
    ("要小伙子,小伙子优先", BannedCategory.SEX),
    ("不要女的", BannedCategory.SEX),
    ("限汉族", BannedCategory.ORIGIN),
    ("不要回族", BannedCategory.ORIGIN),
    ("外地勿扰", BannedCategory.ORIGIN),
    ("河南人不要", BannedCategory.ORIGIN),
    ("本地人优先", BannedCategory.ORIGIN),
    ("限本县户口", BannedCategory.ORIGIN),
    ("只要城镇户口", BannedCategory.ORIGIN),
    ("信教的勿扰", BannedCategory.ORIGIN),
    ("35岁以下", BannedCategory.AGE),
    ("年龄18-45岁", BannedCategory.AGE),
    ("不超过50岁", BannedCategory.AGE),
    ("年轻优先", BannedCategory.AGE),
    ("岁数大的勿扰", BannedCategory.AGE),
    ("60岁以上不要", BannedCategory.AGE),
    ("不要60岁以上的", BannedCategory.AGE),
    ("90后优先", BannedCategory.AGE),
    ("年龄要求40以内", BannedCategory.AGE),
    ("未婚未育", BannedCategory.PERSON),
    ("形象好气质佳", BannedCategory.PERSON),
    ("身高170以上", BannedCategory.PERSON),
    ("无乙肝", BannedCategory.PERSON),
    ("孕妇勿扰", BannedCategory.PERSON),
    ("不要残疾人", BannedCategory.PERSON),
    ("押金200元", BannedCategory.FEES),
    ("需交服装费", BannedCategory.FEES),
    ("押身份证", BannedCategory.FEES),
    ("培训费自理", BannedCategory.FEES),
    ("先交300元", BannedCategory.FEES),
    ("要扣押身份证", BannedCategory.FEES),
    ("先交钱后上岗", BannedCategory.FEES),
    ("每人收200元押金", BannedCategory.FEES),
    ("押 金 两百", BannedCategory.FEES),
    ("押*金200", BannedCategory.FEES),
    ("无需经验,押金100", BannedCategory.FEES),
    ("不收费 押金200", BannedCategory.FEES),
    ("学生工", BannedCategory.MINORS),
    ("童工", BannedCategory.MINORS),
    ("14岁也行", BannedCategory.MINORS),
    ("初中生也可以", BannedCategory.MINORS),
    ("15-50岁都行", BannedCategory.MINORS),
    ("刷单", BannedCategory.SCAM),
    ("跑分日结", BannedCategory.SCAM),
    ("代实名", BannedCategory.SCAM),
    ("办卡就给钱", BannedCategory.SCAM),
    ("出国高薪", BannedCategory.SCAM),
    ("缅北包吃住", BannedCategory.SCAM),
    ("裸聊", BannedCategory.SCAM),
    ("陪酒", BannedCategory.SCAM),
    ("一次50元女", BannedCategory.SCAM),
    ("女工50元一次", BannedCategory.SCAM),
    ("替考", BannedCategory.SCAM),
    ("帮忙讨债", BannedCategory.SCAM),
    ("赌博", BannedCategory.SCAM),
    ("传销", BannedCategory.SCAM),
    ("刷 单 每天结", BannedCategory.SCAM),
    ("高薪保录", BannedCategory.LURE),
    ("月入过万不是梦", BannedCategory.LURE),
    ("无门槛高薪", BannedCategory.LURE),
    ("联系13812345678", BannedCategory.PERSONAL_DATA),
    ("电话138 1234 5678", BannedCategory.PERSONAL_DATA),
    ("一三八一二三四五六七八", BannedCategory.PERSONAL_DATA),
    ("座机0349-2026789", BannedCategory.PERSONAL_DATA),
    ("微信abc12345", BannedCategory.PERSONAL_DATA),
    ("加微信详谈", BannedCategory.PERSONAL_DATA),
    ("加V聊", BannedCategory.PERSONAL_DATA),
    ("手机同号", BannedCategory.PERSONAL_DATA),
    ("QQ:12345678", BannedCategory.PERSONAL_DATA),
    ("140602199001011234", BannedCategory.PERSONAL_DATA),
    ("138-1234-5678", BannedCategory.PERSONAL_DATA),
    ("三十五岁以下", BannedCategory.AGE),
    ("电话2026789", BannedCategory.PERSONAL_DATA),
    ("6222021234567890123", BannedCategory.PERSONAL_DATA),
    ("小姑娘优先", BannedCategory.SEX),
    ("押工资三天", BannedCategory.FEES),
    ("需要女保洁一名", BannedCategory.SEX),
]

INNOCENT = [
    "要求有力气, 自带手套",
    "男女不限",
    "不限男女",
    "学徒也可以",
    "年龄不限",
    "性别不限",
    "性别:男女不限",
    "户籍不限,民族不限",
    "不限民族",
    "不收押金",
    "不收任何押金",
    "没有押金,不押身份证",
    "不收任何费用,工钱当天微信转账",
    "免培训费,管午饭",
    "体检费由公司出",
    "年满18周岁",
    "18岁以上",
    "60岁以上也可以",
    "残疾人也可以来",
    "身体健康,能干重活",
    "男女工都行,有男女宿舍",
    "共10人,男女都要",
    "干完当天现金结清",
    "工钱日结,微信或者现金",
    "有特种作业操作证(高处作业)",
    "照看3岁以下孩子",
    "看护12岁孩子,接送小学生",
    "照顾80岁老人",
    "陪护60-70岁老人,能过夜",
    "不招未满16岁的",
    "不招未成年人",
    "未成年人勿扰",
    "严禁招用童工",
    "会用电锯,有经验优先",
    "6:30北门集合,面包车接送",
    "本地工地,离县城5公里",
    "族谱打印,家族祠堂修缮",
    "7:00到18:00,中午休息1小时",
    "一天180元,加班另算每小时25元",
    "需要看懂图纸,女儿墙抹灰",
    "办公室搬家,3楼没电梯",
    "酒店开荒保洁,不陪夜",
    "上门服务,家电维修",
    "电话通知,听窗口叫号",
    "管吃管住,来回路费报销",
    "工地在河南人家巷口",
    "外地人也要,外地人优先安排住宿",
    "不要账户信息,直接发现金",
    "货架高2米,身高不限",
    "高中以下学历都行",
    "30斤以下的箱子",
    "25公斤以下货物",
    "搬50件以内,10到15人",
    "先交班再吃饭",
    "工资不拖欠,不扣工资",
    "男厕女厕保洁",
    "陕西面馆洗碗",
    "五台县金岗库乡",
    "大同市新荣区花园屯乡",
    "回民街12号",
    "妇女儿童医院3楼保洁",
    "青年路小学",
    "老人院食堂帮厨",
    "孕妇装仓库分拣",
    "银行卡发工资",
    "押运货物,随车装卸",
    "重庆火锅店洗碗",
    "40岁左右也行",
    "会费县的路",
    "交通费报销",
    "包车接送,30分钟以内到",
    "2024年新房,15层以下",
    "小区1-15号楼",
    "单身宿舍保洁",
    "女装店理货",
    "妇幼保健院",
    "女鞋仓库打包",
    "找小伙伴一起干",
    "有事请打手机",
    "面试药店理货",
    "交代考勤",
    "两室一套现房保洁",
    "陪聊天解闷,照顾老人",
    "卖血肠的摊位帮工",
    "医药费老板垫付",
    "大学生工地实习",
    "喷枪手",
    "女性用品仓库",
    "需女性用品仓库理货",
    "有子女3人的家庭保洁",
    "单日200以下不干",
    "加V形支撑",
    "农民工工资保证金已缴存",
    "迟到半小时扣工资",
    "限女装库房",
    "车牌晋F12345,白色面包车",
    "微信A款打包",
]


@pytest.mark.parametrize(("text", "category"), REFUSED)
def test_unlawful_wish_is_found_in_its_category(text: str, category: BannedCategory) -> None:
    assert category in {finding.category for finding in screen_post_text(text)}


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_text_passes(text: str) -> None:
    assert screen_post_text(text) == []


def test_full_width_digits_hide_no_phone() -> None:
    text = "联系\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"
    assert [finding.word for finding in screen_post_text(text)] == ["手机号"]


def test_invisible_characters_hide_no_word() -> None:
    assert [finding.word for finding in screen_post_text("刷\u200b单")] == ["刷单"]


def test_personal_data_is_named_and_never_repeated() -> None:
    for finding in screen_post_text("电话13812345678,证号140602199001011234,加微信"):
        assert finding.category is BannedCategory.PERSONAL_DATA
        assert not any(character.isdigit() for character in finding.word + finding.reason)


def test_word_used_twice_is_found_once() -> None:
    assert len(screen_post_text("限男,只干三天,限男")) == 1


def test_findings_come_in_the_order_of_the_text() -> None:
    words = [finding.word for finding in screen_post_text("刷单,押金,限男")]
    assert words == ["刷单", "押金", "限男"]


def test_denied_fee_passes_and_a_later_fee_does_not() -> None:
    assert [finding.word for finding in screen_post_text("不收中介费 押金100")] == ["押金"]


@pytest.mark.parametrize("category", list(BannedCategory))
def test_every_category_has_at_least_one_case(category: BannedCategory) -> None:
    assert category in {expected for _, expected in REFUSED}
