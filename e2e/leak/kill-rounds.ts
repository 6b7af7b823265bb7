import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { freshFolder, makeDesk, startRelay } from "../field-support.ts"
import { makeBrowserTree } from "./browser-tree.ts"
import { startChromium } from "./chromium.ts"
import { allSentByHand, dropByHand, joinByHand, reachHomeByHand, tellByHand } from "./field-visit.ts"
import type { Hands } from "./hands.ts"

/** What the phone was doing when it was killed. */
export type Phase = "capture" | "seal" | "send"

/** A phone that is killed again and again, and the desk that has to hear of everything that it said was kept. */
export interface KilledPhone {
  /** Tells a report, and kills everything in this phase, so long after it began. @returns whether the page said *kept*. */
  killedAt(phase: Phase, afterMs: number): Promise<boolean>
  /** Starts it once more, and lets it send all that waits. */
  sendAll(): Promise<void>
  /** Starts it once more. @returns how many reports it keeps. */
  kept(): Promise<number>
  /** Starts it once more and lets it send all. */
  outcome(): Promise<Outcome>
}

export interface Outcome {
  /** Words of the reports of which the page said that they were kept. */
  readonly said: ReadonlySet<string>
  /** What arrived, each with whether its picture is what was chosen. */
  readonly arrived: readonly { readonly words: string; readonly isWhole: boolean }[]
}

/**
 * @param pictureBytes - of the picture that each report has: the longer, the longer sealing takes.
 * @param program - the browser; left out: the whole one.
 */
export async function killedPhone(
  site: string,
  pictureBytes: number,
  program?: string,
): Promise<KilledPhone> {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const tree = await makeBrowserTree()
  onTestFinished(() => tree.remove())
  const file = join(folder, "picture.jpg")
  const picture = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(pictureBytes)])
  await writeFile(file, picture)
  const said = new Set<string>()
  let told = 0

  /** Opens the page, works in it, and ends the browser whatever came of it. */
  async function visit<T>(work: (hands: Hands, kill: () => Promise<void>) => Promise<T>): Promise<T> {
    const browser = await startChromium(tree, program)
    try {
      return await work(await browser.open(), browser.kill)
    } finally {
      await browser.kill()
    }
  }

  const passphrase = await visit(async (hands) => joinByHand(hands, site, await desk.invite()))
  async function sendAll(): Promise<void> {
    await visit(async (hands) => {
      await reachHomeByHand(hands, site, passphrase, "paste")
      await allSentByHand(hands)
    })
  }
  return {
    sendAll,
    killedAt: async (phase, afterMs) =>
      await visit(async (hands, kill) => {
        const words = `report ${told++}`
        await reachHomeByHand(hands, site, passphrase, "paste")
        await new Promise<void>((resolve, reject) => {
          let isDying = false
          const later = (): void => {
            isDying = true
            setTimeout(() => void kill().then(resolve), afterMs)
          }
          const work = async (): Promise<void> => {
            if (phase === "capture") later()
            await dropByHand(hands)
            await tellByHand(hands, { words, file })
            await hands.press("مُهر کن و نگه دار")
            if (phase === "seal") later()
            await hands.see("مُهر خورد")
            said.add(words)
            if (phase === "send") later()
          }
          // What was being done when it was killed fails, as it must.
          work().catch((error: unknown) => {
            if (!isDying) reject(error as Error)
          })
        })
        return said.has(words)
      }),
    kept: async () =>
      await visit(async (hands) => {
        await reachHomeByHand(hands, site, passphrase, "paste")
        return Number(await hands.evaluate(`document.querySelectorAll(".parcel").length`))
      }),
    outcome: async () => {
      await sendAll()
      const reports = await desk.pull(relay)
      return {
        said,
        arrived: reports.map(({ report, attachments }) => ({
          words: report.text,
          isWhole: attachments.length === 1 && attachments[0]?.bytes.equals(picture) === true,
        })),
      }
    },
  }
}

/** Numbers from 0 to 1. Source: Numerical Recipes, an LCG for 32-bit words. */
export function seeded(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
