/** Owns the words of posts, applications, records and registering only. */

export const postTexts = {
  posts: {
    title: "适合您的活",
    hint: "想看哪个按哪个",
    page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页`,
    left: (count: number): string => `还要 ${count} 人`,
    no: (no: number): string => `编号 ${no}`,
    applied: (order: number): string => `已报名 第 ${order} 个`,
    print: "打印",
    noneTitle: "现在没有适合的活",
    noneHint: "新活随时会有\n取个号等着，有活就叫您",
    takeNumber: "取号等活",
    otherTrades: "看别的工种",
  },
  post: {
    go: "我去",
    leave: "不去了",
    facts: {
      when: "时间",
      meeting: "集合",
      place: "地点",
      terms: "待遇",
      employer: "用工",
      requirements: "要求",
    },
    lunch: "管午饭",
    noLunch: "不管饭",
  },
  applied: {
    title: "报上名了",
    againTitle: "您已经报过名",
    /** A place was held for the worker, and both sides agree now: there is no order any more. */
    agreedTitle: "谈成了",
    order: (order: number): string => (order > 0 ? `您是第 ${order} 个报名的` : "留的名额是您的，到窗口拿介绍信"),
    number: "您的号",
    again: "看别的活",
    notAsked: { title: "等叫号", text: "还用您原来的号\n叫到了，到窗口谈" },
    done: "好了",
  },
  paper: {
    printing: { title: "请取单子", text: "正在打印，请等一下" },
    printed: { title: "请取单子", text: "想去哪个，到窗口报编号" },
    missing: { title: "打不出来", text: "现在打不出纸\n请看屏幕，或者按“叫人帮忙”" },
    uncertain: { title: "可能没打完整", text: "要再打一张，请按“返回”" },
    late: { title: "还没打出来", text: "请看屏幕，或者按“叫人帮忙”" },
    not_asked: { title: "没有打印", text: "请按“返回”再打一次" },
  },
  list: { title: (posts: number): string => `一共 ${posts} 个活` },
  records: {
    title: "我的记录",
    days: (days: number): string => `这个月来了 ${days} 天`,
    none: "还没有干活的记录",
    case: (kind: string, no: string): string => `${kind} ${no}`,
    due: (step: string, day: string): string => `${day}前${step}`,
  },
} as const;
