import type { Hands } from "./hands.ts"

/** What a person says to the field's page, as far as it is to be found again. */
export interface Told {
  readonly words: string
  readonly place?: string
  readonly province?: string
  /** A picture that the phone has already. */
  readonly file?: string
  /** Left out: nothing is taken in the page. */
  readonly take?: "photo" | "video"
}

const HOME = "چه چیزی را ثبت می‌کنید؟"
const FIRST_PASSPHRASE = "به خاطر سپردم"

/** The first visit: joins a desk, takes the passphrase that is proposed, and stands at home. @returns the passphrase. */
export async function joinByHand(hands: Hands, site: string, invitation: string): Promise<string> {
  await hands.goto(`${site}/`)
  await hands.paste("دعوت‌نامه", invitation)
  await hands.press("دعوت‌نامه را بخوان")
  await hands.press("بله، می‌پیوندم")
  const passphrase = String(await hands.until(PROPOSED))
  await hands.press(FIRST_PASSPHRASE)
  await hands.write("چهار واژه", passphrase)
  await hands.press("با همین قفل کن")
  await hands.see(HOME)
  return passphrase
}

const PROPOSED = `() => {
  const words = [...document.querySelectorAll(".passphrase li")].map((one) => one.textContent)
  return words.length > 1 && words.join(" ")
}`

/** A later visit, to where the first one ended. @param how - how the passphrase comes into its field. */
export async function reachHomeByHand(
  hands: Hands,
  site: string,
  passphrase: string,
  how: "write" | "paste" = "write",
): Promise<void> {
  await hands.goto(`${site}/`)
  await hands[how]("رمز، چهار واژه", passphrase)
  await hands.press("باز کن")
  await hands.see(HOME)
}

/** From home: throws away what was begun and left, where there is such a thing. */
export async function dropByHand(hands: Hands): Promise<void> {
  if ((await hands.evaluate(`document.querySelector(".begun") !== null`)) !== true) return
  await hands.press("دورش بریزید")
  await hands.press("بله، دور بریز")
  await hands.gone("دورش بریزید")
}

/** From home: waits until everything that was kept is at enough relays. */
export async function allSentByHand(hands: Hands): Promise<void> {
  await hands.see("از گوشی بیرون رفته")
  await hands.gone("فقط روی همین گوشی")
  await hands.gone("بخشی فرستاده شده")
}

/** From home: says it, and leaves it unkept. */
export async function tellByHand(hands: Hands, told: Told): Promise<void> {
  await hands.press("نوشته")
  await hands.write("به زبان خودتان", told.words)
  if (told.file !== undefined) {
    await hands.setFiles("input[type=file]", told.file)
    await hands.see("عکس، ")
  }
  if (told.take === "photo") {
    await hands.press("عکس بگیرید")
    await hands.until(FIRST_FRAME)
    await hands.press("بگیر")
    await hands.see("عکس گرفته شد")
  }
  if (told.take === "video") {
    await film(hands)
    await hands.press("بس است")
    await hands.see("مُهر شد")
  }
  if (told.place === undefined) return
  await hands.press("کجا؟")
  await hands.write("شهر، محله یا جاده", told.place)
  await hands.write("استان", told.province ?? "")
}

/** From home: says it, begins a film beside it, and leaves the film going on. */
export async function filmByHand(hands: Hands, words: string): Promise<void> {
  await hands.press("نوشته")
  await hands.write("به زبان خودتان", words)
  await film(hands)
}

async function film(hands: Hands): Promise<void> {
  await hands.press("فیلم بگیرید")
  await hands.press("شروع فیلم")
  await hands.until(SOME_SLICES)
}

const FIRST_FRAME = `() => document.querySelector("video")?.videoWidth > 0`

const SOME_SLICES = `(() => {
  const shown = new Set()
  return () => shown.add(document.querySelector("[role=timer]")?.textContent).size > 3
})()`

/** Seals and keeps what was told, waits until it has left the phone, and goes home. */
export async function keepByHand(hands: Hands): Promise<void> {
  await hands.press("مُهر کن و نگه دار")
  await hands.see("می‌توانید صفحه را ببندید.")
  await hands.press("برگشت")
  await hands.see("از گوشی بیرون رفته")
}
