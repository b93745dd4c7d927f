"""Owns what a post's free text may not say, and why.

Rules are written to catch a wish, not a word: "限男" is refused and "男女不限" is not. A text is
read twice: as written, and with the gaps between characters closed ("刷 单", "押*金").
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from server.domain.kinds import BannedCategory

_REASONS: Mapping[BannedCategory, str] = {
    BannedCategory.SEX: "招工不能限制男女，请写清楚活怎么干就行。",
    BannedCategory.ORIGIN: "招工不能限制民族、信仰和是哪里人，请删掉。",
    BannedCategory.AGE: "招工不要写年龄限制，请写清楚活的轻重。",
    BannedCategory.PERSON: "招工不能限制婚育、健康、残疾和长相，请删掉。",
    BannedCategory.FEES: "不能向求职者收钱、收押金、押证件，请删掉。",
    BannedCategory.MINORS: "不能招用未满16周岁的人，请删掉。",
    BannedCategory.SCAM: "这种活常是骗局或者违法，不能发布。",
    BannedCategory.LURE: "不能夸大宣传，请如实写工钱和活。",
    BannedCategory.PERSONAL_DATA: "公开的内容里不能写电话、微信和证件号，联系都走窗口。",
}

_PLACES = (
    "外地|外省|外县|外乡|外来|农村|城里|河南|河北|东北|陕西|内蒙古?|山东|四川|贵州|云南|甘肃|安徽|湖北|"
    "湖南|江西|江苏|浙江|福建|广东|广西|海南|青海|宁夏|新疆|西藏|黑龙江|吉林|辽宁|北京|天津|上海|重庆"
)
_PERSONS = "小伙(?!伴)子?|美女|帅哥|靓女|小姑娘|壮汉|男孩|女孩|妇女"
_REFUSALS = "勿扰|免谈|别来|莫来|不要|不招|不收|不用|除外"
_SEX_ENDING = "(?:性|工|士|生|的)?"
_YEARS = r"周?岁"
_NOT_CARED_FOR = "(?!的?(?:儿童|孩|幼儿|娃|老人|老年|病人|男孩|女孩|小朋友|宝宝|学生))"

_RULES: Mapping[BannedCategory, tuple[str, ...]] = {
    BannedCategory.SEX: (
        f"(?<!不)(?:限|只要|只招|只收|只用|仅限|仅招|就要|只能是?)(?:男|女){_SEX_ENDING}(?![男女装鞋厕包款儿王])",
        f"(?<![男女])(?:男|女){_SEX_ENDING}(?:优先|勿扰|免谈|别来|莫来)",
        "(?:不要|不招|不收|谢绝)(?:男|女)(?:性|工|士|生|的|人)",
        "(?:招|聘|找|需要?|要)(?:男|女)(?:性(?!用品)|工|士|生|的|服务员|保洁|普工|小工)",
        f"(?<![男女子孙儿])(?:男|女){_SEX_ENDING}[0-9一二两三四五六七八九十]+(?:名|人|个|位)",
        f"(?:{_PERSONS})(?:优先|勿扰)",
        f"(?<!不)(?:招|限|只要|仅限|找)(?:{_PERSONS})",
        "性别(?:要求)?:?(?:男|女)(?![男女])",
    ),
    BannedCategory.ORIGIN: (
        "(?:(?<!不)限|只要|只招|仅限|仅招|不要|不招|不收|谢绝)"
        "(?:[一-鿿]{1,5}族(?!自治)|少数民族|回民|信教|教徒|穆斯林)",
        f"(?:{_PLACES})(?:人|的|户口|户籍|籍)?(?:{_REFUSALS})",
        f"(?:不要|不招|不收|拒绝|谢绝)(?:{_PLACES})(?:人|的|户口|户籍|籍)",
        f"(?:(?<!不)限|只要|只招|仅限|仅招|必须是?)"
        f"(?:本地|本县|本市|本省|本村|当地|城镇|城市|{_PLACES})(?:人|户口|户籍|籍|居民|的)",
        "(?:本地|本县|本市|本省|本村|当地|城镇)(?:人|户口|户籍|居民|的)?优先",
        "(?:少数民族|回民|信教的?|教徒|[藏维回]族|农民工|农村人)(?:勿扰|免谈|别来|不要|不招)",
    ),
    BannedCategory.AGE: (
        rf"(?<![\d.])\d{{2}}{_YEARS}?(?:及|\(含\))?(?:以下|以内|之内|封顶|往下){_NOT_CARED_FOR}(?![人名个])",
        rf"\d{{2}}{_YEARS}?(?:[-~到至—]{{1,2}})\d{{2}}{_YEARS}{_NOT_CARED_FOR}",
        rf"[二三四五六]十[一二三四五六七八九]?{_YEARS}(?:以下|以内|之内|封顶){_NOT_CARED_FOR}",
        rf"(?:不超过|不能超过|不大于|小于|低于)\d{{2}}{_YEARS}",
        rf"(?:不要|不招|不收|谢绝)\d{{2}}{_YEARS}以上",
        rf"\d{{2}}{_YEARS}(?:以上)?的?(?:{_REFUSALS})",
        r"年龄(?:要求)?(?:在|:)?\d{2}",
        "年轻(?:人|力壮)?的?优先|(?:只|就)(?:要|招)年轻",
        "(?:岁数|年纪|年龄)大的?(?:人)?(?:勿扰|免谈|别来|不要|不招)|(?:老人|老年人|老头)(?:勿扰|免谈)",
        "(?:不要|不招|不收)(?:老人|老年人|老头|岁数大|年纪大|上年纪|上岁数)",
        r"[6-9]0后(?:优先|勿扰)|(?:只|就)(?:要|招)[6-9]0后",
    ),
    BannedCategory.PERSON: (
        "(?:未婚|已婚|未育|已育)+(?:者|的)?(?:优先|勿扰)?|(?:单身|离异)(?:者|的)?(?:优先|勿扰)",
        f"(?:孕妇|怀孕的?)(?:{_REFUSALS})|(?:不要|不招)(?:孕妇|怀孕)|(?:未|没有?)怀孕",
        "形象(?:好|佳|气质)|五官端正|相貌端正|气质佳|长[得的](?:好看|漂亮|帅)|身材(?:好|匀称|苗条)",
        r"身高(?:要求|不低于|在)?:?\d|身高.{0,4}以上",
        "乙肝|艾滋|肝炎(?:患者)?(?:勿扰|不要)|无传染病",
        f"残疾人?(?:{_REFUSALS})|(?:不要|不招|不收)(?:残疾|聋哑|哑巴|瘸)|无残疾",
        f"属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?(?:{_REFUSALS}|优先)|(?:白羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|水瓶|双鱼)座",
    ),
    BannedCategory.FEES: (
        "押金|(?<!工资)保证金|抵押(?:金|身份证|证件|物)|风险金",
        "(?:押|扣|扣押|扣留|抵押|暂扣)(?:一下)?(?:身份证|证件|驾驶证|驾照|工资卡)|押工资",
        "先(?:交|缴)(?:上|纳)?(?:钱|费|款|\\d|押|[一二两三四五六七八九]百|[^,。;]{0,4}(?:费|元|钱))",
        "(?:服装|工装|工服|报名|介绍|中介|建档|入职|办证|资料|信息|岗位|登记|押证|会员)费",
        "(?:培训|体检|手续|管理)费(?!由|用?(?:全)?(?:报销|全免|免|我|公司|老板|雇主|单位))",
        "(?:每人)?(?:交|收)(?:取)?[0-9]+元?(?:押|定金|费)",
    ),
    BannedCategory.MINORS: (
        "童工|(?<!大)学生工(?!地|作|装|服|程)",
        "(?:招|可|要|收|用|找)[^,。;]{0,3}(?:小学生|初中生|中学生|高中生|未成年)",
        "(?:小学生|初中生|中学生|高中生|未成年人?)(?:也|都)?(?:可以?|行|能|优先|来|欢迎)",
        rf"(?<![\d.\-~到至])(?:[7-9]|1[0-5]){_YEARS}(?!以下|到|至|[-~]){_NOT_CARED_FOR}",
        rf"(?<![\d.])(?:[7-9]|1[0-5])(?:{_YEARS})?[-~到至](?:1[6-9]|[2-6]\d){_YEARS}{_NOT_CARED_FOR}",
    ),
    BannedCategory.SCAM: (
        "刷单|跑分|代实名|实名认证赚|点赞(?:赚|返)|拉人头|发展下线|传销|返利|(?:先|需|要|自己)垫付|垫资",
        "办卡|(?:收|租|借|卖|出租|收购|出借)(?:银行卡|电话卡|手机卡|微信号?|账号)|洗钱|(?<!一)套现(?!房|浇|成|场)|网贷",
        "出国(?:高薪|务工|打工|劳务|干活)|高薪出国|境外(?:高薪|务工)|缅北|缅甸|柬埔寨|金三角|偷渡",
        "裸聊|陪酒|陪唱|陪侍|陪聊(?!天)|援交|特殊服务|按摩女|代孕|捐卵|卖血(?!肠|豆腐)|卖肾|(?<!面)试药",
        r"一次\d+元?女|女[一-鿿]?\d+元?一次",
        "替考|(?<!交)代考(?!勤)|(?<![喷水焊])枪手|讨债|催债|(?<!不)要账(?!户|号|单)|赌博|赌场|博彩|打手(?!机|电)|走私|毒品|假发票",
        "在家(?:就|也)?能?赚钱|手机(?:就|上)?能?赚钱|打字员日结",
    ),
    BannedCategory.LURE: (
        r"月入(?:过|上|轻松过)?\d*万|日入(?:过)?千|年入\d*百?万|日赚\d|躺赚|稳赚|包赚|暴富|轻松赚",
        "高薪保录|保录|包录|无门槛高薪|高薪无门槛|不是梦",
    ),
}

_PERSONAL_DATA: tuple[tuple[str, str], ...] = (
    ("身份证号码", r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)"),
    ("手机号", r"(?<!\d)1[\s\-.]?[3-9](?:[\s\-.]*\d){9}(?!\d)"),
    (
        "手机号",
        r"(?<![\d一二三四五六七八九零〇幺])[1一幺](?:[\s\-]*[\d一二三四五六七八九零〇幺]){10}",
    ),
    ("电话号码", r"(?<!\d)0\d{2,3}[\s\-]?[2-8]\d{6,7}(?!\d)"),
    (
        "微信号",
        r"(?:微信|薇信|威信|[Vv][Xx]|[Ww][Xx]|[Vv]信)号?\s*(?:同号|[:是]?\s*[A-Za-z][A-Za-z0-9_-]{4,})",
    ),
    (
        "微信号",
        r"加(?:我|个|老板)?(?:微信|薇信|威信|[Vv](?:[Xx]|信)?(?![A-Za-z形型带]))|(?:手机|电话)同号",
    ),
    ("电话号码", r"(?:电话|联系|座机|热线)[:是]?\s*[2-8]\d{6,7}(?!\d)"),
    ("银行卡号", r"(?<!\d)(?:\d{16}|\d{19})(?!\d)"),
    ("QQ号", r"[Qq]{2}号?\s*[:是]?\s*\d{5,}"),
    ("邮箱", r"[\w.\-]+@[\w\-]+\.\w+"),
)

# "不收押金" promises what the law asks for; only these two categories can be promised away.
_DENIABLE = frozenset({BannedCategory.FEES, BannedCategory.MINORS})
_DENIAL = re.compile(
    r"(?:不|无|免|没|没有|禁止|严禁|拒绝|谢绝|零)(?:再|用|需|会|得|许|要|可)*"
    r"(?:交|收|招|押|扣|付|缴|任何|各种|取|用|一切|什么|的|[一-鿿]{1,3}费|[和、及或])*\Z"
)
_CLAUSE_ENDS = re.compile(r"[,。;!?\s]")
_GAP = re.compile(r"(?<=[一-鿿])[\s*·•._\-~|/+]+(?=[一-鿿])")


@dataclass(frozen=True)
class Finding:
    """Hold one thing a text may not say.

    word: what was found, or for personal data only its kind. reason: a sentence for the clerk.
    """

    word: str
    category: BannedCategory
    reason: str


def screen_post_text(text: str) -> list[Finding]:
    """Find what a post may not say, in the order of the text, each thing once."""
    plain = _plain(text)
    closed = _GAP.sub("", plain)
    findings: dict[tuple[str, BannedCategory], Finding] = {}
    for _, word, category in [*sorted(_hits(plain)), *sorted(_hits(closed))]:
        findings.setdefault((word, category), Finding(word, category, _REASONS[category]))
    return list(findings.values())


def _plain(text: str) -> str:
    """Write every variant of a sign one way, so that the rules know only one."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub("[\u200b-\u200f\ufeff\u00ad]", "", plain)


def _hits(plain: str) -> Iterator[tuple[int, str, BannedCategory]]:
    for category, pattern in _patterns():
        for found in pattern.finditer(plain):
            if category in _DENIABLE and _is_denied(plain, found):
                continue
            yield found.start(), found[0], category
    for label, pattern in _personal_patterns():
        for found in pattern.finditer(plain):
            yield found.start(), label, BannedCategory.PERSONAL_DATA


def _is_denied(plain: str, found: re.Match[str]) -> bool:
    """Tell whether the clause before says that this is not so: 不收押金, 严禁招用童工."""
    clause = _CLAUSE_ENDS.split(plain[: found.start()])[-1]
    return bool(_DENIAL.search(clause))


@cache
def _patterns() -> tuple[tuple[BannedCategory, re.Pattern[str]], ...]:
    return tuple((category, re.compile("|".join(rules))) for category, rules in _RULES.items())


@cache
def _personal_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((label, re.compile(pattern)) for label, pattern in _PERSONAL_DATA)
