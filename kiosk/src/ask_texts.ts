/** Owns the words of what a worker asks for besides a number. */

export const askTexts = {
  sending: "正在办",
  wait: "请稍等",
  entry: "别的事",
  entryHint: "班组签到、投诉讨薪",
  menu: {
    title: "要办什么？",
    choices: [
      { choice: "case", label: "投诉、讨薪", hint: "留个案，有回执", icon: "complaint" },
      { choice: "crew", label: "班组签到", hint: "一起来的人拿一个号", icon: "crew" },
    ],
  },
  cases: {
    kindTitle: "为什么事？",
    kindHint: "按一个，工作人员按规定的日子答复您",
    kinds: [
      { kind: "wage_arrears", label: "干了活不给钱", icon: "money" },
      { kind: "complaint", label: "投诉", icon: "complaint" },
      { kind: "consultation", label: "问政策、问权益", icon: "consult" },
      { kind: "hardship", label: "家里有难处", icon: "hardship" },
    ],
    aboutTitle: "是哪一家的活？",
    aboutHint: "这是您最近干的活",
    aboutNone: "都不是，说不清",
    confirmTitle: "要留案吗？",
    confirmHint: "留案后打一张回执\n工作人员会给您打电话",
    confirm: "留案",
    back: "再想想",
    openedTitle: "收到了",
    againTitle: "这件事已经留过案",
    by: (day: string): string => `${day}前`,
  },
  paper: {
    printing: { title: "请取回执", text: "正在打印，请等一下" },
    printed: { title: "请取回执", text: "请收好，查进度要用" },
    missing: { title: "回执打不出来", text: "请记住或拍下这个编号\n要纸的就按“叫人帮忙”" },
    uncertain: { title: "回执可能没打完整", text: "请记住或拍下这个编号\n要纸的就按“叫人帮忙”" },
    late: { title: "回执还没打出来", text: "请记住或拍下这个编号\n要纸的就按“叫人帮忙”" },
    not_asked: { title: "回执打过好几张了", text: "请记住或拍下这个编号" },
  },
  cancel: {
    entry: "取消号",
    which: "取消哪一个？",
    title: "要取消这个号吗？",
    hint: "取消了就不叫您了，想再等要重新取号",
    crewHint: (people: number): string => `这是班组 ${people} 个人的号，取消了都不叫了`,
    found: "找到活了，取消",
    leaving: "有事先走，取消",
    keep: "不取消，接着等",
  },
  told: {
    titles: {
      cancelled: "已经取消",
      refused: "这一步没办成",
    },
    texts: {
      cancelled: (label: string): string => `${label} 不再叫您了\n想再找活，请重新取号`,
      refused: (message: string): string => message,
    },
    done: "好了",
  },
} as const;
