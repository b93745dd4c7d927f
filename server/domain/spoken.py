"""Owns the sentences that the market says aloud: their words, and their numbered pinyin.

The pinyin stands beside each text instead of coming from a library: the sentences are few and
fixed, a polyphone read wrongly is heard by everybody, and a test counts the syllables.
Tones are 1 to 5 (5: neutral), as espeak-ng's voice `cmn-latn-pinyin` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.spoken_calls import CALL_SENTENCES
from server.domain.spoken_wishes import WISH_SENTENCES


@dataclass(frozen=True)
class Spoken:
    """A sentence: `text` as people read it, `pinyin` as a synthesiser reads it."""

    text: str
    pinyin: str


# The places in the order of a post that are said: 第一 to 第九.
_PLACES = (
    ("一", "yi1"),
    ("二", "er4"),
    ("三", "san1"),
    ("四", "si4"),
    ("五", "wu3"),
    ("六", "liu4"),
    ("七", "qi1"),
    ("八", "ba1"),
    ("九", "jiu3"),
)

# A letter before a number is said by its own name.
SENTENCES: Mapping[str, Spoken] = {
    # The kiosk's screens.
    "attract": Spoken("请把身份证放在这里。", "qing3 ba3 shen1 fen4 zheng4 fang4 zai4 zhe4 li3."),
    "reading": Spoken(
        "正在看证件，身份证先不要拿走。",
        "zheng4 zai4 kan4 zheng4 jian4, shen1 fen4 zheng4 xian1 bu2 yao4 na2 zou3.",
    ),
    "looking_up": Spoken("正在查，请稍等。", "zheng4 zai4 cha2, qing3 shao1 deng3."),
    "id_pad": Spoken(
        "请看着身份证，输十八位号码。",
        "qing3 kan4 zhe5 shen1 fen4 zheng4, shu1 shi2 ba1 wei4 hao4 ma3.",
    ),
    "phone_pad": Spoken(
        "请输以前登记时留的手机号。",
        "qing3 shu1 yi3 qian2 deng1 ji4 shi2 liu2 de5 shou3 ji1 hao4.",
    ),
    "ask_phone": Spoken(
        "请留一个手机号，有活好通知您。",
        "qing3 liu2 yi2 ge4 shou3 ji1 hao4, you3 huo2 hao3 tong1 zhi1 nin2.",
    ),
    "number_wrong": Spoken(
        "号码不对，请看一看再输。", "hao4 ma3 bu2 dui4, qing3 kan4 yi1 kan4 zai4 shu1."
    ),
    "phone_unknown": Spoken(
        "这个手机号还没有登记过，请刷身份证，或者输身份证号。",
        "zhe4 ge4 shou3 ji1 hao4 hai2 mei2 you3 deng1 ji4 guo4, "
        "qing3 shua1 shen1 fen4 zheng4, huo4 zhe3 shu1 shen1 fen4 zheng4 hao4.",
    ),
    "choose_person": Spoken(
        "您是哪一位？请按一下。", "nin2 shi4 na3 yi2 wei4? qing3 an4 yi2 xia4."
    ),
    "confirm": Spoken("请看屏幕，是您吗？", "qing3 kan4 ping2 mu4, shi4 nin2 ma5?"),
    "card_expired": Spoken(
        "身份证过期了，今天照样能取号。",
        "shen1 fen4 zheng4 guo4 qi1 le5, jin1 tian1 zhao4 yang4 neng2 qu3 hao4.",
    ),
    "not_you_card": Spoken(
        "请换成您自己的身份证。", "qing3 huan4 cheng2 nin2 zi4 ji3 de5 shen1 fen4 zheng4."
    ),
    "not_you_id_no": Spoken("请从头再输一遍。", "qing3 cong2 tou2 zai4 shu1 yi2 bian4."),
    "not_you_phone": Spoken("请用身份证取号。", "qing3 yong4 shen1 fen4 zheng4 qu3 hao4."),
    "service": Spoken(
        "今天办什么事？请选一个。", "jin1 tian1 ban4 shen2 me5 shi4? qing3 xuan3 yi2 ge4."
    ),
    "tickets": Spoken(
        "您今天已经取过号，请用原来的票。",
        "nin2 jin1 tian1 yi3 jing1 qu3 guo4 hao4, qing3 yong4 yuan2 lai2 de5 piao4.",
    ),
    "notice": Spoken("登记前，请听一听。", "deng1 ji4 qian2, qing3 ting1 yi1 ting1."),
    "notice_1": Spoken(
        "我们是政府办的零工市场，登记信息是为了免费帮您找活、办事。",
        "wo3 men5 shi4 zheng4 fu3 ban4 de5 ling2 gong1 shi4 chang3, deng1 ji4 xin4 xi1 shi4 "
        "wei4 le5 mian3 fei4 bang1 nin2 zhao3 huo2, ban4 shi4.",
    ),
    "notice_2": Spoken(
        "要登记的是：姓名、身份证号码、手机号、工种、文化程度和技能。不拍照，不存指纹和人脸。",
        "yao4 deng1 ji4 de5 shi4, xing4 ming2, shen1 fen4 zheng4 hao4 ma3, shou3 ji1 hao4, "
        "gong1 zhong3, wen2 hua4 cheng2 du4 he2 ji4 neng2. "
        "bu4 pai1 zhao4, bu4 cun2 zhi3 wen2 he2 ren2 lian3.",
    ),
    "notice_3": Spoken(
        "您点了同意去干活，用工的人才能看到您的姓名和电话；大屏上不会出现您的姓名。",
        "nin2 dian3 le5 tong2 yi4 qu4 gan4 huo2, yong4 gong1 de5 ren2 cai2 neng2 kan4 dao4 nin2 "
        "de5 xing4 ming2 he2 dian4 hua4, da4 ping2 shang4 bu2 hui4 chu1 xian4 nin2 de5 "
        "xing4 ming2.",
    ),
    "notice_4": Spoken(
        "按规定，登记和上岗情况要报给省里的公共就业服务平台，不给别的人。",
        "an4 gui1 ding4, deng1 ji4 he2 shang4 gang3 qing2 kuang4 yao4 bao4 gei3 sheng3 li3 de5 "
        "gong1 gong4 jiu4 ye4 fu2 wu4 ping2 tai2, bu4 gei3 bie2 de5 ren2.",
    ),
    "notice_5": Spoken(
        "取号记录保存两年，介绍上岗的记录保存三年，到期删除或者去掉姓名。",
        "qu3 hao4 ji4 lu4 bao3 cun2 liang3 nian2, jie4 shao4 shang4 gang3 de5 ji4 lu4 bao3 cun2 "
        "san1 nian2, dao4 qi1 shan1 chu2 huo4 zhe3 qu4 diao4 xing4 ming2.",
    ),
    "notice_6": Spoken(
        "您可以到窗口查看、更正、删除自己的信息，也可以打服务热线或12333。不同意也能到窗口咨询。",
        "nin2 ke2 yi3 dao4 chuang1 kou3 cha2 kan4, geng1 zheng4, shan1 chu2 zi4 ji3 de5 xin4 xi1, "
        "ye3 ke2 yi3 da3 fu2 wu4 re4 xian4 huo4 yao1 er4 san1 san1 san1. "
        "bu4 tong2 yi4 ye3 neng2 dao4 chuang1 kou3 zi1 xun2.",
    ),
    "notice_declined": Spoken(
        "没关系，我们照样帮您。请到服务台。",
        "mei2 guan1 xi5, wo3 men5 zhao4 yang4 bang1 nin2. qing3 dao4 fu2 wu4 tai2.",
    ),
    "trade_groups": Spoken(
        "您能干什么活？先选一类。", "nin2 neng2 gan4 shen2 me5 huo2? xian1 xuan3 yi2 lei4."
    ),
    "trades": Spoken(
        "会干哪样就按哪样，可以多选。",
        "hui4 gan4 na3 yang4 jiu4 an4 na3 yang4, ke2 yi3 duo1 xuan3.",
    ),
    "education": Spoken(
        "您上学上到哪里？按一个就行。",
        "nin2 shang4 xue2 shang4 dao4 na2 li3? an4 yi2 ge4 jiu4 xing2.",
    ),
    "skill": Spoken(
        "您有没有技能证？没证也一样有活。",
        "nin2 you3 mei2 you3 ji4 neng2 zheng4? mei2 zheng4 ye3 yi2 yang4 you3 huo2.",
    ),
    "taking_number": Spoken("正在取号，请稍等。", "zheng4 zai4 qu3 hao4, qing3 shao1 deng3."),
    "take_ticket": Spoken(
        "请取票。别忘了拿身份证。", "qing3 qu3 piao4. bie2 wang4 le5 na2 shen1 fen4 zheng4."
    ),
    "no_paper": Spoken(
        "现在打不出票，请记住这个号码。别忘了拿身份证。",
        "xian4 zai4 da3 bu4 chu1 piao4, qing3 ji4 zhu4 zhe4 ge4 hao4 ma3. "
        "bie2 wang4 le5 na2 shen1 fen4 zheng4.",
    ),
    "paper_uncertain": Spoken(
        "票可能没打完整，请记住这个号码。",
        "piao4 ke3 neng2 mei2 da3 wan2 zheng3, qing3 ji4 zhu4 zhe4 ge4 hao4 ma3.",
    ),
    "had_ticket": Spoken(
        "今天取过号了，请用原来的票。",
        "jin1 tian1 qu3 guo4 hao4 le5, qing3 yong4 yuan2 lai2 de5 piao4.",
    ),
    # A crew's check-in.
    "crew": Spoken(
        "班组签到。请一个一个放身份证。",
        "ban1 zu3 qian1 dao4. qing3 yi2 ge4 yi2 ge4 fang4 shen1 fen4 zheng4.",
    ),
    "crew_next": Spoken("加上了，请下一位。", "jia1 shang4 le5, qing3 xia4 yi2 wei4."),
    "crew_more": Spoken(
        "好，加上了。都放好了，按好了，拿号。",
        "hao3, jia1 shang4 le5. dou1 fang4 hao3 le5, an4 hao3 le5, na2 hao4.",
    ),
    "crew_twice": Spoken(
        "这位已经在班组里了，请下一位。",
        "zhe4 wei4 yi3 jing1 zai4 ban1 zu3 li3 le5, qing3 xia4 yi2 wei4.",
    ),
    "crew_other": Spoken(
        "这位今天已经在一个班组里了，不能再加。",
        "zhe4 wei4 jin1 tian1 yi3 jing1 zai4 yi2 ge4 ban1 zu3 li3 le5, bu4 neng2 zai4 jia1.",
    ),
    "crew_busy": Spoken(
        "这位今天的号已经用了，加不进班组。",
        "zhe4 wei4 jin1 tian1 de5 hao4 yi3 jing1 yong4 le5, jia1 bu2 jin4 ban1 zu3.",
    ),
    "crew_remove": Spoken(
        "去掉谁？请按一下名字。", "qu4 diao4 shei2? qing3 an4 yi2 xia4 ming2 zi5."
    ),
    "crew_notice": Spoken(
        "第一次来的人，请都听一听。都听到了，都同意，再按同意。",
        "di4 yi1 ci4 lai2 de5 ren2, qing3 dou1 ting1 yi1 ting1. "
        "dou1 ting1 dao4 le5, dou1 tong2 yi4, zai4 an4 tong2 yi4.",
    ),
    # Stops, help, absence.
    "under_16": Spoken(
        "还没满十六岁，不能登记找活。有难处请到服务台，我们帮您。",
        "hai2 mei2 man3 shi2 liu4 sui4, bu4 neng2 deng1 ji4 zhao3 huo2. "
        "you3 nan2 chu4 qing3 dao4 fu2 wu4 tai2, wo3 men5 bang1 nin2.",
    ),
    "read_again": Spoken(
        "没读出来。请把身份证拿起来，再放一次。",
        "mei2 du2 chu1 lai2. qing3 ba3 shen1 fen4 zheng4 na2 qi3 lai2, zai4 fang4 yi2 ci4.",
    ),
    "too_late": Spoken("时间长了，请再来一次。", "shi2 jian1 chang2 le5, qing3 zai4 lai2 yi2 ci4."),
    "wait": Spoken("请等一会儿，再试一次。", "qing3 deng3 yi2 hui4 er2, zai4 shi4 yi2 ci4."),
    "to_desk": Spoken("请到服务台，有人帮您。", "qing3 dao4 fu2 wu4 tai2, you3 ren2 bang1 nin2."),
    "help_ringing": Spoken("正在叫人。", "zheng4 zai4 jiao4 ren2."),
    "help_heard": Spoken(
        "已经叫人了，马上就来。", "yi3 jing1 jiao4 ren2 le5, ma3 shang4 jiu4 lai2."
    ),
    "away": Spoken(
        "网络断了，正在重新连接，请稍等。",
        "wang3 luo4 duan4 le5, zheng4 zai4 chong2 xin1 lian2 jie1, qing3 shao1 deng3.",
    ),
    "still_there": Spoken(
        "您还在吗？还在，请按屏幕。", "nin2 hai2 zai4 ma5? hai2 zai4, qing3 an4 ping2 mu4."
    ),
    "count_10": Spoken("还有十秒。", "hai2 you3 shi2 miao3."),
    "count_5": Spoken("五。", "wu3."),
    "count_4": Spoken("四。", "si4."),
    "count_3": Spoken("三。", "san1."),
    "count_2": Spoken("二。", "er4."),
    "count_1": Spoken("一。", "yi1."),
    # Other business.
    "asks": Spoken("要办什么？请选一个。", "yao4 ban4 shen2 me5? qing3 xuan3 yi2 ge4."),
    "case_kind": Spoken("为什么事？请选一个。", "wei4 shen2 me5 shi4? qing3 xuan3 yi2 ge4."),
    "case_about": Spoken(
        "是哪一家的活？请看屏幕。", "shi4 na3 yi4 jia1 de5 huo2? qing3 kan4 ping2 mu4."
    ),
    "case_confirm": Spoken(
        "要留案吗？留案后打一张回执。", "yao4 liu2 an4 ma5? liu2 an4 hou4 da3 yi4 zhang1 hui2 zhi2."
    ),
    "case_opened": Spoken(
        "收到了，工作人员会给您打电话。",
        "shou1 dao4 le5, gong1 zuo4 ren2 yuan2 hui4 gei3 nin2 da3 dian4 hua4.",
    ),
    "take_receipt": Spoken("请取回执。", "qing3 qu3 hui2 zhi2."),
    "no_receipt": Spoken(
        "现在打不出回执，请记住这个编号。",
        "xian4 zai4 da3 bu4 chu1 hui2 zhi2, qing3 ji4 zhu4 zhe4 ge4 bian1 hao4.",
    ),
    "cancel_which": Spoken("取消哪一个？", "qu3 xiao1 na3 yi2 ge4?"),
    "cancel": Spoken(
        "要取消这个号吗？取消了就不叫您了。",
        "yao4 qu3 xiao1 zhe4 ge4 hao4 ma5? qu3 xiao1 le5 jiu4 bu2 jiao4 nin2 le5.",
    ),
    "cancelled": Spoken("已经取消。", "yi3 jing1 qu3 xiao1."),
    "sending": Spoken("正在办，请稍等。", "zheng4 zai4 ban4, qing3 shao1 deng3."),
    "refused": Spoken(
        "这一步没办成，请看屏幕。", "zhe4 yi2 bu4 mei2 ban4 cheng2, qing3 kan4 ping2 mu4."
    ),
    # The way by digits and by ear.
    "access": Spoken(
        "怎样看得清、够得着？请选一个。",
        "zen3 yang4 kan4 de5 qing1, gou4 de5 zhao2? qing3 xuan3 yi2 ge4.",
    ),
    "press_1": Spoken("按一。", "an4 yi1."),
    "press_2": Spoken("按二。", "an4 er4."),
    "press_3": Spoken("按三。", "an4 san1."),
    "press_4": Spoken("按四。", "an4 si4."),
    "press_5": Spoken("按五。", "an4 wu3."),
    "press_6": Spoken("按六。", "an4 liu4."),
    "press_7": Spoken("按七。", "an4 qi1."),
    "press_8": Spoken("按八。", "an4 ba1."),
    "press_9": Spoken("按九。", "an4 jiu3."),
    "press_enter": Spoken("按确认键。", "an4 que4 ren4 jian4."),
    "is_on": Spoken("选上了。", "xuan3 shang4 le5."),
    "is_off": Spoken("不选了。", "bu4 xuan3 le5."),
    # What a worker asks for besides a number: posts, a place in their order, records, registering.
    "posts": Spoken(
        "这是适合您的活，想看哪个按哪个。",
        "zhe4 shi4 shi4 he2 nin2 de5 huo2, xiang3 kan4 na3 ge4 an4 na3 ge4.",
    ),
    "posts_none": Spoken(
        "现在没有适合的活，可以取个号等着。",
        "xian4 zai4 mei2 you3 shi4 he2 de5 huo2, ke2 yi3 qu3 ge4 hao4 deng3 zhe5.",
    ),
    "post": Spoken(
        "想去，请按我去。要纸的，请按打印。",
        "xiang3 qu4, qing3 an4 wo3 qu4. yao4 zhi3 de5, qing3 an4 da3 yin4.",
    ),
    "post_applied": Spoken(
        "这个活您报过名，改主意了，请按不去了。",
        "zhe4 ge4 huo2 nin2 bao4 guo4 ming2, gai3 zhu3 yi5 le5, qing3 an4 bu2 qu4 le5.",
    ),
    "applied": Spoken("报上名了，请等叫号。", "bao4 shang4 ming2 le5, qing3 deng3 jiao4 hao4."),
    "take_list": Spoken(
        "请取单子。别忘了拿身份证。",
        "qing3 qu3 dan1 zi5. bie2 wang4 le5 na2 shen1 fen4 zheng4.",
    ),
    "no_list": Spoken(
        "现在打不出单子，请看屏幕，或者到服务台。",
        "xian4 zai4 da3 bu4 chu1 dan1 zi5, qing3 kan4 ping2 mu4, huo4 zhe3 dao4 fu2 wu4 tai2.",
    ),
    "records": Spoken(
        "这是您自己的记录，请看屏幕。",
        "zhe4 shi4 nin2 zi4 ji3 de5 ji4 lu4, qing3 kan4 ping2 mu4.",
    ),
    "left_post": Spoken(
        "报名取消了，您的号还留着。",
        "bao4 ming2 qu3 xiao1 le5, nin2 de5 hao4 hai2 liu2 zhe5.",
    ),
    "registered": Spoken(
        "登记好了，今天不用等号。",
        "deng1 ji4 hao3 le5, jin1 tian1 bu2 yong4 deng3 hao4.",
    ),
    "registered_before": Spoken(
        "您已经登记过了，不用再登记。",
        "nin2 yi3 jing1 deng1 ji4 guo4 le5, bu2 yong4 zai4 deng1 ji4.",
    ),
    **{
        f"place_{n}": Spoken(f"您是第{word}个报名的。", f"nin2 shi4 di4 {said} ge4 bao4 ming2 de5.")
        for n, (word, said) in enumerate(_PLACES, 1)
    },
    **{name: Spoken(*said) for name, said in WISH_SENTENCES.items()},
    **{name: Spoken(*said) for name, said in CALL_SENTENCES.items()},
}
# What a kiosk that reads the privacy notice aloud says, in this order.
NOTICE_IDS = ("notice_1", "notice_2", "notice_3", "notice_4", "notice_5", "notice_6")
