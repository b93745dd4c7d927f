/** Owns the words of the wish to learn and of the questionnaire. */

export const wishTexts = {
  training: {
    title: "想学什么手艺？",
    hint: "最多选 3 样，开班了通知您",
    chosen: (count: number): string => `已选 ${count} 样`,
    full: "已选满 3 样",
    done: "选好了",
    others: "别的手艺",
    whenTitle: "什么时候有空？",
    whenHint: "按一个就行",
    times: [
      { time: "daytime", label: "白天", hint: "没活的日子也行", icon: "sun" },
      { time: "evening", label: "晚上", hint: "收了工再学", icon: "moon" },
      { time: "winter", label: "冬天农闲", hint: "地里没活的时候", icon: "snow" },
    ],
  },
  survey: {
    entry: "填个问卷",
    entryHint: "不记名，8 个问题",
    hint: "不记名，不想答就跳过",
    decline: "不想答",
    at: (at: number, of: number): string => `第 ${at} 题，共 ${of} 题`,
  },
} as const;
