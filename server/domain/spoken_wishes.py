"""Owns what the kiosk says when it asks for a name, a wish to learn or an opinion."""

from __future__ import annotations

from collections.abc import Mapping

# Text and numbered pinyin, as in `spoken.py`.
WISH_SENTENCES: Mapping[str, tuple[str, str]] = {
    "ask_name": (
        "您叫什么名字？按拼音字母，再点字。不想填，按不填。",
        "nin2 jiao4 shen2 me5 ming2 zi5? an4 pin1 yin1 zi4 mu3, zai4 dian3 zi4. "
        "bu4 xiang3 tian2, an4 bu4 tian2.",
    ),
    "write_name": (
        "用手指写一个字，再点字。",
        "yong4 shou3 zhi3 xie3 yi2 ge4 zi4, zai4 dian3 zi4.",
    ),
    "training_pick": (
        "您想学什么手艺？最多选三样。",
        "nin2 xiang3 xue2 shen2 me5 shou3 yi4? zui4 duo1 xuan3 san1 yang4.",
    ),
    "training_when": (
        "您什么时候有空？白天，晚上，还是冬天农闲？",
        "nin2 shen2 me5 shi2 hou5 you3 kong4? bai2 tian1, wan3 shang5, hai2 shi4 dong1 tian1 "
        "nong2 xian2?",
    ),
    "wished": (
        "记下了。有合适的培训，工作人员会给您打电话。",
        "ji4 xia4 le5. you3 he2 shi4 de5 pei2 xun4, gong1 zuo4 ren2 yuan2 hui4 gei3 nin2 da3 "
        "dian4 hua4.",
    ),
    "survey_visits": (
        "您多久来一次市场？不记名，不想答也行。",
        "nin2 duo1 jiu3 lai2 yi2 ci4 shi4 chang3? bu2 ji4 ming2, bu4 xiang3 da2 ye3 xing2.",
    ),
    "survey_work": ("您平时干什么活？", "nin2 ping2 shi2 gan4 shen2 me5 huo2?"),
    "survey_pay": (
        "干一天大概挣多少钱？",
        "gan4 yi4 tian1 da4 gai4 zheng4 duo1 shao3 qian2?",
    ),
    "survey_trouble": (
        "找活最难的是什么？",
        "zhao3 huo2 zui4 nan2 de5 shi4 shen2 me5?",
    ),
    "survey_elsewhere": (
        "平时还在哪里等活？",
        "ping2 shi2 hai2 zai4 na2 li3 deng3 huo2?",
    ),
    "survey_help": (
        "最想让市场帮您什么？",
        "zui4 xiang3 rang4 shi4 chang3 bang1 nin2 shen2 me5?",
    ),
    "survey_opening": ("市场几点开门好？", "shi4 chang3 ji2 dian3 kai1 men2 hao3?"),
    "survey_content": (
        "您觉得市场办得怎么样？",
        "nin2 jue2 de5 shi4 chang3 ban4 de5 zen3 me5 yang4?",
    ),
    "thanked": (
        "谢谢您，您的话我们听到了。",
        "xie4 xie5 nin2, nin2 de5 hua4 wo3 men5 ting1 dao4 le5.",
    ),
}
