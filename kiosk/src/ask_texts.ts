/** Owns the words of what a worker asks for besides a number. */

export const askTexts = {
  sending: "正在办",
  wait: "请稍等",
  cancel: {
    entry: "取消号",
    which: "取消哪一个？",
    title: "要取消这个号吗？",
    hint: "取消了就不叫您了，想再等要重新取号",
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
    leaving: (seconds: number): string => `${seconds} 秒后回到首页`,
  },
} as const;
