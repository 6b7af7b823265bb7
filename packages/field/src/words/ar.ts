import type { PartialWords } from "./partial.ts"

/** Short words that are shown often. What is not here is not translated yet: Persian stands in. See docs/translating.md. */
export const ar: PartialWords = {
  language: "ar",
  direction: "rtl",
  locale: "ar-IQ",
  calendar: "gregory",
  opening: "جارٍ الفتح…",
  unsaid: "لم يُذكر",
  shell: {
    top: { more: "المزيد", back: "رجوع", lock: "اقفل الآن" },
    blank: { show: "المس للمتابعة" },
    home: {
      heading: "ماذا تريد أن تسجّل؟",
      start: { photo: "صورة", video: "فيديو", sound: "صوت", words: "كتابة" },
      goOn: "تابع",
      dropNo: "لا",
    },
    more: { heading: "المزيد", language: "اللغة" },
  },
  join: {
    label: "الدعوة",
    read: "اقرأ الدعوة",
    lastDay: "يمكن استعمالها حتى {0}.",
    yes: "نعم، أنضم",
    no: "لا",
  },
  record: { heading: "ماذا حدث؟", wordsLabel: "بلغتك" },
  place: {
    heading: "أين؟",
    name: "المدينة أو الحي أو الطريق",
    province: "المحافظة",
    found: {
      zero: "لم يُعثر على مكان.",
      one: "عُثر على مكان واحد.",
      two: "عُثر على مكانين.",
      few: "عُثر على {0} أماكن.",
      many: "عُثر على {0} مكانًا.",
      other: "عُثر على {0} مكان.",
    },
    said: "{0}[، {1}]؛ {2}",
    change: "كان في مكان آخر",
  },
  when: {
    heading: "متى؟",
    choices: { unsaid: "لم يُذكر", today: "اليوم", yesterday: "أمس", other: "يوم آخر" },
    about: "تقريبًا",
  },
  day: { day: "اليوم", month: "الشهر", year: "السنة" },
  basis: {
    heading: "كيف عرفت؟",
    choices: { saw: "رأيت بنفسي", told: "أخبرني من رأى" },
  },
  kept: { none: "لا شيء بعد." },
  news: { when: "{0}[ – {1}]", comma: "، " },
}
