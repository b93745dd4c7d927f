"""Owns the Chinese words for codes and the way from a refusal to a sentence for people."""

import string
from collections.abc import Mapping

from server.domain.employer_kinds import DuplicateSign, SanctionReason, SanctionState
from server.domain.errors import DomainError
from server.domain.kinds import (
    ApplicationEnd,
    ApplicationState,
    BannedCategory,
    CancelReason,
    CardKind,
    CaseKind,
    CaseStep,
    DeclineReason,
    DeviceKind,
    EmployerKind,
    FreeTime,
    PayUnit,
    PlacementState,
    PostState,
    PrinterState,
    PrintJobKind,
    PrintJobState,
    ReaderState,
    ReferralState,
    ResidenceBand,
    ServiceKind,
    Settlement,
    Sex,
    SkillLevel,
    SoundState,
    StaffRole,
    TicketState,
    Tools,
    Transport,
)
from server.domain.money import yuan
from server.domain.review_kinds import RuleKind
from server.domain.sentences import DETAILED, FALLBACK, REASONS, SENTENCES

SERVICE_NAMES: Mapping[ServiceKind, str] = {
    ServiceKind.FIND_WORK: "找活",
    ServiceKind.CONSULT: "咨询",
    ServiceKind.TRAINING: "培训",
    ServiceKind.HARDSHIP: "困难帮扶",
    ServiceKind.COMPLAINT: "投诉维权",
}
PAY_UNIT_NAMES: Mapping[PayUnit, str] = {
    PayUnit.DAY: "日薪",
    PayUnit.HOUR: "时薪",
    PayUnit.PIECE: "计件",
    PayUnit.JOB: "包活",
}
SETTLEMENT_NAMES: Mapping[Settlement, str] = {
    Settlement.DAILY: "日结",
    Settlement.WEEKLY: "周结",
    Settlement.ON_COMPLETION: "完工结",
    Settlement.MONTHLY: "月结",
}
SETTLEMENT_WORDS: Mapping[Settlement, str] = {
    Settlement.DAILY: "干完当天结清",
    Settlement.WEEKLY: "每周结一次",
    Settlement.ON_COMPLETION: "整个活干完结清",
    Settlement.MONTHLY: "每月结一次",
}
TRANSPORT_NAMES: Mapping[Transport, str] = {
    Transport.NONE: "不管接送",
    Transport.THERE: "管去",
    Transport.BOTH: "管接送",
}
TOOLS_NAMES: Mapping[Tools, str] = {
    Tools.OWN: "自带工具",
    Tools.SUPPLIED: "雇主提供工具",
}
POST_STATE_NAMES: Mapping[PostState, str] = {
    PostState.DRAFT: "草稿",
    PostState.IN_REVIEW: "待审核",
    PostState.OPEN: "招人中",
    PostState.FULL: "已招满",
    PostState.PAUSED: "已暂停",
    PostState.CLOSED: "已结束",
    PostState.WITHDRAWN: "已撤下",
    PostState.EXPIRED: "已过期",
}
TICKET_STATE_NAMES: Mapping[TicketState, str] = {
    TicketState.WAITING: "等候中",
    TicketState.CALLED: "正在叫号",
    TicketState.SERVING: "办理中",
    TicketState.DONE: "已办完",
    TicketState.NO_SHOW: "已过号",
    TicketState.CANCELLED: "已取消",
}
REFERRAL_STATE_NAMES: Mapping[ReferralState, str] = {
    ReferralState.AGREED: "谈成了",
    ReferralState.DECLINED: "没谈成",
    ReferralState.WITHDRAWN: "已撤销",
}
PLACEMENT_STATE_NAMES: Mapping[PlacementState, str] = {
    PlacementState.AGREED: "达成意向",
    PlacementState.ON_SITE: "已上岗",
    PlacementState.COMPLETED: "已干完",
    PlacementState.SETTLED: "已结钱",
    PlacementState.WITHDRAWN: "已撤销",
    PlacementState.FELL_THROUGH: "没干成",
}
PRINT_JOB_STATE_NAMES: Mapping[PrintJobState, str] = {
    PrintJobState.QUEUED: "等着打印",
    PrintJobState.CLAIMED: "正在打印",
    PrintJobState.PRINTED: "已打印",
    PrintJobState.FAILED: "没打出来",
    PrintJobState.UNCERTAIN: "不确定打出来没有",
}
PRINT_JOB_KIND_NAMES: Mapping[PrintJobKind, str] = {
    PrintJobKind.TICKET: "号票",
    PrintJobKind.SLIP: "推荐介绍信",
    PrintJobKind.RECEIPT: "诉求回执",
    PrintJobKind.POST_LIST: "岗位清单",
    PrintJobKind.NOTICE: "一次性告知单",
}
PRINTER_STATE_NAMES: Mapping[PrinterState, str] = {
    PrinterState.READY: "正常",
    PrinterState.PAPER_LOW: "纸快用完了",
    PrinterState.PAPER_OUT: "没纸了",
    PrinterState.COVER_OPEN: "盖子没合上",
    PrinterState.OFFLINE: "没连上",
    PrinterState.UNKNOWN: "还不清楚",
}
READER_STATE_NAMES: Mapping[ReaderState, str] = {
    ReaderState.READY: "正常",
    ReaderState.OFFLINE: "没连上",
    ReaderState.UNKNOWN: "还不清楚",
}
SKILL_NAMES: Mapping[SkillLevel, str] = {
    SkillLevel.NONE: "没证",
    SkillLevel.JUNIOR: "初级",
    SkillLevel.INTERMEDIATE: "中级",
    SkillLevel.SENIOR: "高级",
    SkillLevel.TECHNICIAN: "技师以上",
}
SEX_NAMES: Mapping[Sex, str] = {Sex.MALE: "男", Sex.FEMALE: "女"}
RESIDENCE_NAMES: Mapping[ResidenceBand, str] = {
    ResidenceBand.COUNTY: "本县",
    ResidenceBand.CITY: "本市",
    ResidenceBand.PROVINCE: "本省",
    ResidenceBand.ELSEWHERE: "外省",
}
EMPLOYER_KIND_NAMES: Mapping[EmployerKind, str] = {
    EmployerKind.UNIT: "单位",
    EmployerKind.HOUSEHOLD: "个人或家庭",
}
DEVICE_KIND_NAMES: Mapping[DeviceKind, str] = {
    DeviceKind.KIOSK: "自助机",
    DeviceKind.DISPLAY: "大屏",
    DeviceKind.AGENT: "设备程序",
}
ROLE_NAMES: Mapping[StaffRole, str] = {
    StaffRole.CLERK: "窗口工作人员",
    StaffRole.MANAGER: "负责人",
}
CARD_KIND_NAMES: Mapping[CardKind, str] = {
    CardKind.RESIDENT: "居民身份证",
    CardKind.HMT: "港澳台居民居住证",
    CardKind.FOREIGNER_2017: "外国人永久居留身份证（2017版）",
    CardKind.FOREIGNER_2023: "外国人永久居留身份证",
}
CANCEL_REASONS: Mapping[CancelReason, str] = {
    CancelReason.FOUND_WORK: "找到活了",
    CancelReason.LEAVING: "有事先走",
    CancelReason.JOINED_CREW: "跟班组一起",
    CancelReason.MISSED: "过号没回来",
    CancelReason.CLOSED: "收市了",
}
CASE_KIND_NAMES: Mapping[CaseKind, str] = {
    CaseKind.WAGE_ARREARS: "讨要工钱",
    CaseKind.COMPLAINT: "投诉",
    CaseKind.CONSULTATION: "咨询",
    CaseKind.HARDSHIP: "困难求助",
}
FREE_TIME_NAMES: Mapping[FreeTime, str] = {
    FreeTime.DAYTIME: "白天",
    FreeTime.EVENING: "晚上",
    FreeTime.WINTER: "冬天农闲",
}
CASE_STEP_WORDS: Mapping[CaseStep, str] = {
    CaseStep.ASSIGN: "有人专门管",
    CaseStep.FEEDBACK: "给您回话",
    CaseStep.CLOSE: "办结",
}
APPLICATION_STATE_NAMES: Mapping[ApplicationState, str] = {
    ApplicationState.MADE: "已报名",
    ApplicationState.WITHDRAWN: "不去了",
    ApplicationState.AGREED: "谈成了",
    ApplicationState.ENDED: "已结束",
}
APPLICATION_END_WORDS: Mapping[ApplicationEnd, str] = {
    ApplicationEnd.POST_FULL: "招满了",
    ApplicationEnd.POST_CLOSED: "不招了",
    ApplicationEnd.POST_WITHDRAWN: "撤下了",
    ApplicationEnd.DECLINED: "没谈成",
    ApplicationEnd.OTHER_WORK: "那天有别的活了",
}
DECLINE_REASONS: Mapping[DeclineReason, str] = {
    DeclineReason.PAY: "工钱没谈拢",
    DeclineReason.DISTANCE: "太远",
    DeclineReason.HOURS: "时间不合适",
    DeclineReason.SKILL: "手艺不对口",
    DeclineReason.EMPLOYER_CHOSE_OTHER: "雇主选了别人",
    DeclineReason.CHANGED_MIND: "不想去了",
    DeclineReason.OTHER: "其他",
}
SOUND_STATE_NAMES: Mapping[SoundState, str] = {
    SoundState.READY: "正常",
    SoundState.BLOCKED: "无声",
    SoundState.OFF: "没开",
}
BANNED_CATEGORY_NAMES: Mapping[BannedCategory, str] = {
    BannedCategory.SEX: "限制男女",
    BannedCategory.ORIGIN: "限制民族或地域",
    BannedCategory.AGE: "限制年龄",
    BannedCategory.PERSON: "限制婚育、健康或长相",
    BannedCategory.FEES: "收钱或押证件",
    BannedCategory.MINORS: "招用未成年人",
    BannedCategory.SCAM: "骗局或违法的活",
    BannedCategory.LURE: "夸大宣传",
    BannedCategory.PERSONAL_DATA: "电话、证件号等个人信息",
}
RULE_KIND_NAMES: Mapping[RuleKind, str] = {
    RuleKind.BLOCK: "不能发布",
    RuleKind.REVIEW: "要写理由",
}
SANCTION_REASON_NAMES: Mapping[SanctionReason, str] = {
    SanctionReason.WAGE_ARREARS: "拖欠工资",
    SanctionReason.FALSE_POST: "虚假招工",
    SanctionReason.FEES: "收押金、收费",
    SanctionReason.OTHER: "其他",
}
SANCTION_STATE_NAMES: Mapping[SanctionState, str] = {
    SanctionState.COMING: "还没开始",
    SanctionState.IN_FORCE: "限制发布",
    SanctionState.OVER: "已到期",
    SanctionState.LIFTED: "已解除",
}
DUPLICATE_SIGN_NAMES: Mapping[DuplicateSign, str] = {
    DuplicateSign.PHONE: "电话一样",
    DuplicateSign.NAME: "名称一样",
}
FIELD_NAMES: Mapping[str, str] = {
    "evidence_text": "依据",
    "from_day": "开始日期",
    "lift_reason": "解除的原因",
    "other_text": "其他原因",
    "to_day": "结束日期",
    "address": "地址",
    "body": "内容",
    "complaint_line": "监督投诉电话",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "credit_code": "统一社会信用代码",
    "desk_no": "窗口号",
    "division_code": "行政区划",
    "education": "文化程度",
    "employer_id": "用工主体",
    "end_time": "收工时间",
    "has_insurance": "意外险",
    "has_lunch": "管午饭",
    "headcount": "人数",
    "hotline": "服务热线",
    "id_no": "身份证号码",
    "meeting_point": "集合地点",
    "meeting_time": "集合时间",
    "min_daily_pay": "日薪提醒线",
    "min_hourly_pay": "小时最低工资",
    "name": "名称",
    "note": "备注",
    "password": "密码",
    "pay": "工钱",
    "pay_fen": "工钱",
    "pay_unit": "计酬方式",
    "phone": "手机号",
    "piece_unit": "计件单位",
    "place": "干活地点",
    "reason": "原因",
    "requirements": "要求说明",
    "service": "办理事项",
    "settlement": "结算方式",
    "skill": "技能等级",
    "start_time": "上工时间",
    "title": "标题",
    "tools": "工具",
    "trade_id": "工种",
    "trades": "工种",
    "transport": "接送",
    "user_name": "账号",
    "valid_until": "有效期",
    "work_day": "干活日期",
    "last_day": "最后一天",
    "review_reason": "保留的理由",
    "rule_name": "规则名称",
    "rule_sentence": "提示的话",
    "hourly_fen": "小时最低工资",
    "case_days": "诉求按哪种日子算",
    "done": "办了什么",
    "kind": "事由",
    "notice": "告知单",
    "feedback": "回话内容",
    "outcome": "办理结果",
    "plan": "办理方案",
    "staff_id": "接手的人",
    "worker": "借给谁",
    "tool_name": "工具名称",
    "grade": "等级",
    "activity_title": "活动名称",
    "activity_place": "地点",
    "activity_day": "日期",
    "capacity": "名额",
    "booths": "展位",
    "employer": "用工主体",
    "count": "件数",
    "quantity": "件数",
    "due_day": "哪天还",
    "tool_id": "工具",
}

_STATE_NAMES: Mapping[str, Mapping[str, str]] = {
    "post": {state.value: name for state, name in POST_STATE_NAMES.items()},
    "ticket": {state.value: name for state, name in TICKET_STATE_NAMES.items()},
    "placement": {state.value: name for state, name in PLACEMENT_STATE_NAMES.items()},
    "application": {state.value: name for state, name in APPLICATION_STATE_NAMES.items()},
    "print": {state.value: name for state, name in PRINT_JOB_STATE_NAMES.items()},
}


def sentence(error: DomainError) -> str:
    """Say a refusal in plain Chinese, with what to do now.

    Uses the error's facts where the sentence has a place for them and does without where not.
    """
    told = _told(error)
    reason = REASONS.get(error.code, {}).get(str(error.facts.get("reason", "")))
    if reason is not None:
        return reason
    detailed = DETAILED.get(error.code)
    if detailed is not None and _places(detailed) <= told.keys():
        return detailed.format_map(told)
    return SENTENCES.get(error.code, FALLBACK)


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _told(error: DomainError) -> dict[str, str]:
    """Turn facts into words: fen into yuan, codes into their names."""
    told = {name: str(value) for name, value in error.facts.items()}
    for name, value in error.facts.items():
        if name.endswith("_fen") and isinstance(value, int):
            told[name] = yuan(value)
    if "field" in told:
        told["field"] = FIELD_NAMES.get(told["field"].rpartition(".")[2], "有一项")
    if "state" in told:
        names = _STATE_NAMES.get(error.code.partition("_")[0], {})
        told["state"] = names.get(told["state"], told["state"])
    if "category" in told:
        told["category"] = _category_name(told["category"])
    if "pay_unit" in told:
        told["pay_unit"] = {"day": "日薪", "hour": "时薪"}.get(told["pay_unit"], "工钱")
    return told


def _category_name(code: str) -> str:
    names = {category.value: name for category, name in BANNED_CATEGORY_NAMES.items()}
    return names.get(code, "不允许的内容")
