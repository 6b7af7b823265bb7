import type { CoverName } from "./names.ts"

/**
 * What the small tools say. They are a piece of their own, so that nothing else of the app is in memory while one of them
 * stands there, and no word here has to do with it.
 */
export interface CoverWords {
  readonly language: string
  readonly direction: "rtl" | "ltr"
  readonly locale: string
  /** What each is called, as the phone's list of programs shows it. */
  readonly names: Readonly<Record<CoverName, string>>
  readonly calculator: {
    readonly keypad: string
    readonly error: string
    readonly clear: string
    readonly erase: string
    readonly sign: string
    readonly percent: string
    readonly divide: string
    readonly multiply: string
    readonly subtract: string
    readonly add: string
    readonly equals: string
  }
  readonly calendar: {
    readonly from: Readonly<Record<"persian" | "gregory", string>>
    readonly turn: string
    readonly day: string
    readonly month: string
    readonly year: string
    readonly today: string
    readonly noSuchDay: string
    /** Between the day of the week and the date. */
    readonly comma: string
  }
  readonly notes: {
    readonly label: string
    readonly add: string
    readonly none: string
    readonly remove: (note: string) => string
  }
}

const fa: CoverWords = {
  language: "fa",
  direction: "rtl",
  locale: "fa-IR",
  names: { notes: "یادداشت", calculator: "ماشین حساب", calendar: "تقویم" },
  calculator: {
    keypad: "دکمه‌ها",
    error: "خطا",
    clear: "پاک کردن",
    erase: "پاک کردن یک رقم",
    sign: "مثبت یا منفی",
    percent: "درصد",
    divide: "تقسیم",
    multiply: "ضرب",
    subtract: "منها",
    add: "به‌علاوه",
    equals: "مساوی",
  },
  calendar: {
    from: { persian: "از شمسی به میلادی", gregory: "از میلادی به شمسی" },
    turn: "برعکس",
    day: "روز",
    month: "ماه",
    year: "سال",
    today: "امروز",
    noSuchDay: "چنین روزی نیست",
    comma: "",
  },
  notes: {
    label: "یادداشت تازه",
    add: "اضافه کن",
    none: "هنوز چیزی نوشته نشده.",
    remove: (note) => `بردار: ${note}`,
  },
}

const en: CoverWords = {
  language: "en",
  direction: "ltr",
  locale: "en-GB",
  names: { notes: "Notes", calculator: "Calculator", calendar: "Calendar" },
  calculator: {
    keypad: "Keys",
    error: "Error",
    clear: "Clear",
    erase: "Erase a digit",
    sign: "Plus or minus",
    percent: "Per cent",
    divide: "Divided by",
    multiply: "Times",
    subtract: "Minus",
    add: "Plus",
    equals: "Equals",
  },
  calendar: {
    from: { persian: "Persian to Gregorian", gregory: "Gregorian to Persian" },
    turn: "The other way",
    day: "Day",
    month: "Month",
    year: "Year",
    today: "Today",
    noSuchDay: "There is no such day",
    comma: ",",
  },
  notes: {
    label: "New note",
    add: "Add",
    none: "Nothing written yet.",
    remove: (note) => `Remove: ${note}`,
  },
}

/** @param language - a language code; where the tools do not speak it, they speak Persian. */
export function coverWords(language: string): CoverWords {
  return language === "en" ? en : fa
}
