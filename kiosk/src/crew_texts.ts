/** Owns the words of a crew's check-in. */

export const crewTexts = {
  title: "班组成员",
  hint: "请一个一个放身份证",
  count: (people: number): string => `现在 ${people} 人`,
  first: "请第一位放身份证",
  next: "加上了，请下一位放身份证",
  reading: "正在看证件，先不要拿走",
  leader: "班组长",
  nameless: "没有姓名",
  givesBack: (label: string): string => `${label} 换成班组的号`,
  others: (people: number): string => `还有 ${people} 人`,
  more: (people: number): string => `等 ${people} 人`,
  remove: "去掉一个",
  done: "好了，拿号",
  removeTitle: "去掉谁？",
  removeHint: "按一下名字，就不在班组里了",
  noticeTitle: "每个人都听到了吗？",
  noticeFor: (names: string): string => `第一次来的：${names}`,
  agree: "都同意",
  disagree: "有人不同意",
} as const;
