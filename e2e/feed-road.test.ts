import { cp, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { shortenInvitation } from "@govah/core/card"
import { type Desk, openDesk } from "@govah/desk"
import { check, createFieldHome, DIRECT, enrol, findCard, sendAll, tell } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { takeFeeds } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { admittedRelay, DEPS, freshDesk, freshHome, PASSPHRASE } from "./desk-support.ts"

const today = (): string => new Date().toISOString().slice(0, 10)

/** Makes the next number and gives it to every relay. */
async function sayFeed(desk: Desk): Promise<number> {
  const { number } = await desk.makeFeed()
  expect((await desk.publishFeed()).map(({ failed }) => failed)).toEqual([null])
  return number
}

test("a unit that has a hash alone gets the card from a relay, reports, and hears back: warned, answered, told", async () => {
  const folder = await freshHome()
  const desk = await freshDesk(folder)
  const relay = await admittedRelay(folder, "a", desk)
  const short = await shortenInvitation((await desk.invite("one")).text, p)
  // Before the desk has spoken, nobody has the card; nothing is enrolled.
  const places = { relays: [relay.url], paths: [] }
  await expect(findCard(short, places, DIRECT)).rejects.toMatchObject({ code: "other-card" })
  await sayFeed(desk)
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await findCard(short, places, DIRECT))
  expect((await home.enrolment())?.card.key).toBe(desk.key)

  await tell(home, { text: "words" }, [])
  await sendAll(home)
  const { received } = await desk.pull()
  await desk.reply(received[0] as (typeof received)[0], "پیام شما رسید. آن‌جا نمانید.")
  const words = "This relay is burnt."
  const warning = { id: "w1", about: "relay", day: today(), subject: "https://old.example", words } as const
  await desk.act({ kind: "warning-set", ...warning, until: "2099-01-01" })
  await desk.call(
    {
      id: "c1",
      campaign: "Lights",
      action: "vigil",
      language: "en",
      title: "A light",
      words: "At eight.",
      from: today(),
      to: null,
      places: [],
      until: "2099-01-01",
    },
    { type: "text/plain", bytes: Buffer.from("A line to print") },
  )
  const number = await sayFeed(desk)
  const replies: string[] = []
  const heard = await check(home, (reply) => void replies.push(reply))
  expect(heard.visits.map(({ state, error }) => [state, error])).toEqual([["heard", null]])
  expect(replies).toEqual(["پیام شما رسید. آن‌جا نمانید."])
  expect(heard.arrived).toHaveLength(1)
  expect(heard.said).toMatchObject({
    day: today(),
    warnings: [{ words }],
    calls: [{ call: { action: "vigil" } }],
  })
  // Once: asked again, there is nothing new, and what everybody is told still stands.
  const again = await check(home, (reply) => void replies.push(reply))
  expect([again.arrived, again.said.warnings.length, replies.length]).toEqual([[], 1, 1])

  // The same in one file, from the relay's page, for a relay elsewhere.
  const whole = new Uint8Array(
    await (await fetch(`${relay.url}/feed/${desk.key}/${number}/whole`)).arrayBuffer(),
  )
  expect(whole).toEqual(await desk.feedFile(number))
  const elsewhere = await admittedRelay(folder, "b", desk)
  expect(await takeFeeds(elsewhere.store, [whole])).toEqual({ kept: 1, older: 0, refused: 0 })
})

test("a card comes from a folder that somebody carried, also out of a feed in it; another's card does not", async () => {
  const folder = await freshHome()
  const desk = await freshDesk(folder)
  await admittedRelay(folder, "a", desk)
  const short = await shortenInvitation((await desk.invite("one")).text, p)
  const places = { relays: [], paths: [folder] }
  await expect(findCard(short, places, DIRECT)).rejects.toMatchObject({ code: "other-card" })
  const { number } = await desk.makeFeed()
  await writeFile(join(folder, "feed.bin"), await desk.feedFile(number))
  expect(await findCard(short, places, DIRECT)).toContain(await desk.card())
})

test("a desk that was put back from an old copy is told so by the relay, and gives it nothing", async () => {
  const folder = await freshHome()
  const desk = await freshDesk(folder)
  const relay = await admittedRelay(folder, "a", desk)
  await sayFeed(desk)
  desk.close()
  await cp(join(folder, "desk"), join(folder, "copy"), { recursive: true })
  const open = async (name: string): Promise<Desk> => {
    const opened = await openDesk(join(folder, name), PASSPHRASE, DEPS)
    onTestFinished(() => opened.close())
    return opened
  }
  const say = async (one: Desk, words: string): Promise<void> =>
    await one.act({
      kind: "bulletin-set",
      id: "b",
      day: today(),
      language: "en",
      title: "t",
      words,
      until: "2099-01-01",
    })
  const original = await open("desk")
  await say(original, "two")
  expect(await sayFeed(original)).toBe(2)
  // The copy does not know of number 2, and then has another one.
  const copy = await open("copy")
  expect((await copy.publishFeed())[0]?.failed).toMatchObject({ code: "feed-split" })
  await say(copy, "another two")
  expect((await copy.makeFeed()).number).toBe(2)
  expect((await copy.publishFeed())[0]?.failed).toMatchObject({ code: "feed-split" })
  const served = await fetch(`${relay.url}/feed/${desk.key}/2/whole`)
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(await original.feedFile(2))
})
