import { type Browser, chromium } from "playwright-core"

/**
 * Chromium as the pages' journeys need it. Where Debian's `chromium-headless-shell` is installed, that: the same engine without
 * a window's own pages, for two thirds of the processor's time. What a whole browser writes to a disk is looked for in a whole
 * one: `leak/chromium.ts`.
 */
export const EXECUTABLE: string =
  process.env["GOVAH_CHROMIUM_SHELL"] ?? process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium"
export const WHOLE: string = process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium"

export const ARGS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** There is a camera and a microphone, and whoever is asked allows them. Few pictures a second: each costs the processor. */
export const CAMERA: readonly string[] = [
  "--use-fake-device-for-media-stream=fps=5",
  "--use-fake-ui-for-media-stream",
]

/** Nothing is drawn by it here, and where a browser is started twenty times it costs a quarter of each start. */
export const NO_GPU_PROCESS: readonly string[] = ["--in-process-gpu", "--disable-software-rasterizer"]

/** A browser of one's own, to be closed. @param args - more of them. */
export async function openBrowser(
  args: readonly string[] = [],
  program: string = EXECUTABLE,
): Promise<Browser> {
  return await chromium.launch({ executablePath: program, args: [...ARGS, ...args] })
}

const SHARED = Symbol.for("govah shared browser")
const place = globalThis as { [SHARED]?: Promise<Browser> | undefined }

/**
 * One browser with a camera for all files of tests that run in this process, each in contexts of its own. It ends with the
 * process: nobody closes it.
 */
export async function sharedBrowser(): Promise<Browser> {
  const there = await place[SHARED]
  if (there?.isConnected() === true) return there
  return await (place[SHARED] = openBrowser(CAMERA))
}
