import type { UploadOutcome, Words } from "./words.ts"

/** Persian. */
export const persian: Words = {
  language: "fa",
  direction: "rtl",
  title: "گواه: امانت‌دار بسته‌های مهرشده",
  whatItDoes: "این دستگاه بسته‌های مهرشده را نگه می‌دارد تا گیرنده‌شان آن‌ها را بردارد.",
  whatItCannotDo:
    "هیچ بسته‌ای را نمی‌تواند باز کند یا بخواند. نمی‌داند بسته از کیست و برای کیست. نشانی شما و ساعت آمدنتان را نمی‌نویسد.",
  whatIsNotHidden:
    "ولی هر کس شبکهٔ شما را می‌بیند، می‌تواند ببیند که با این دستگاه تماس گرفته‌اید و نزدیک به چه اندازه فرستاده‌اید.",
  giveTitle: "سپردن بسته",
  giveHow: "پرونده‌ای را برگزینید که برنامهٔ گواه مهر کرده و ساخته است.",
  giveWarning:
    "عکس، فیلم یا نوشته را همان‌طور که هست اینجا نگذارید: مهر نشده‌اند و هر کس در راه می‌تواند آن‌ها را ببیند.",
  fileLabel: "پروندهٔ بسته",
  giveButton: "بسپار",
  takeTitle: "بردن رسیدها",
  takeHow:
    "تازه‌ترین پروندهٔ میز را ذخیره کنید و در برنامهٔ گواه بگشایید تا نشان دهد کدام گزارش‌ها رسیده‌اند. پرونده برای همه یکی است.",
  feedLink: (number) => `پروندهٔ شمارهٔ ${digits.format(number)} از میز`,
  back: "بازگشت",
  outcome: sayOutcome,
}

const digits = new Intl.NumberFormat("fa")

function sayOutcome(outcome: UploadOutcome): readonly string[] {
  switch (outcome.kind) {
    case "kept": {
      const cut = `پایان پرونده بریده بود: ${digits.format(outcome.cutBytes)} بایت پایانی نگه داشته نشد. پروندهٔ کامل را دوباره بسپارید.`
      const damaged = `${digits.format(outcome.damaged)} تکه در راه آسیب دیده بود و اینجا نیست. پرونده را در برنامهٔ گواه از نو بسازید و دوباره بسپارید.`
      return [
        `${digits.format(outcome.pieces)} تکهٔ مهرشده اینجا در امان است.`,
        ...(outcome.cutBytes > 0 ? [cut] : []),
        ...(outcome.damaged > 0 ? [damaged] : []),
        "پرونده را پاک نکنید تا برنامهٔ گواه بگوید که به دست گیرنده رسیده است.",
      ]
    }
    case "not-sealed":
      return [
        "این پرونده مهرشده نیست. هیچ چیز از آن نگه داشته نشد.",
        "ولی از شبکه گذشت و شاید دیده شده باشد. نخست آن را در برنامهٔ گواه مهر کنید و سپس بسته را بسپارید.",
      ]
    case "no-file":
      return ["پرونده‌ای نیامد. پروندهٔ بسته را برگزینید و دوباره بسپارید."]
    case "refused":
      return [
        `${digits.format(outcome.pieces)} تکه در امان است و بقیه نه.`,
        outcome.code === "full"
          ? "جای این دستگاه پر است. پرونده را نگه دارید و به دستگاه دیگری بسپارید."
          : "کار ناتمام ماند. پرونده را نگه دارید و دوباره بسپارید؛ تکرار زیانی ندارد.",
      ]
  }
}
