/** Owns the words of the question for the name. */

export const nameTexts = {
  title: "您叫什么名字？",
  hints: { pinyin: "按拼音，再点字。不想填也行", ink: "写一个字，再点字。不想填也行" },
  first: "先按拼音字母",
  write: "用手指写一个字",
  reading: "正在认字",
  notRead: "没认出来，擦掉再写",
  noPad: "拼音还没准备好",
  previous: "上一页",
  next: "下一页",
  sheet: (sheet: number, sheets: number): string => `${sheet}/${sheets}`,
  dotName: "间隔号",
  erase: "退一格",
  ink: "手写",
  pinyin: "拼音",
  skip: "不填",
  done: "好了",
} as const;
