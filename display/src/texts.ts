/** Owns the words of the display. */

export const TEXTS = {
  open: "今日在招",
  people: "人",
  /** When every row is for the same later day, the day stands above them once. */
  tomorrow: "明天的活",
  onDay: (day: string) => `${day}的活`,
  columns: { trade: "工种", need: "招", pay: "工钱", place: "干活地点", meeting: "集合" },
  tags: { fresh: "新", urgent: "急", full: "满", tomorrow: "明", later: "后" },
  page: (page: number, of: number) => `第${page}页/共${of}页`,
  news: "刚发布",
  calling: "现在叫号",
  recalled: "再次呼叫",
  pleaseGo: "请到",
  gatherAt: "这些号请到",
  please: "请",
  goTo: "号到",
  desk: "号窗口",
  missed: "过号",
  missedHint: "过号请到服务台",
  updated: "数据更新",
  doubtful: (minutes: number) => `数据可能过时（${minutes}分钟前）`,
  old: (minutes: number) => `数据已有${minutes}分钟没有更新，以窗口公告为准`,
  tooOld: { title: "系统维护中", line: "请看窗口公告，或到服务台问工作人员" },
  empty: { title: "现在没有空岗", line: "请在登记机上刷身份证登记，有活按号叫您" },
  waiting: { title: "正在连接服务器", line: "请稍等" },
  visits: "今日签到",
  placements: "达成",
  queue: "等候",
  hotline: "热线",
  complaints: "投诉",
  promise: "不收费、不押证件、不先交钱",
} as const;

/** Splits a pay such as "日薪180元" into its number and the unit behind it. */
export function payParts(pay: string): { readonly amount: string; readonly unit: string } {
  const found = /^(.*?)([\d.]+)元$/.exec(pay);
  if (found === null) return { amount: pay, unit: "" };
  const [, head = "", amount = ""] = found;
  const per: Readonly<Record<string, string>> = { 日薪: "元/天", 时薪: "元/时", 包活: "元包活" };
  return { amount, unit: per[head] ?? `元/${head.replace(/^每/, "")}` };
}
