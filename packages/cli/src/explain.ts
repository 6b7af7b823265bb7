import { FoundWanting, UsageError } from "./command.ts"

/**
 * One line for the person: what is wrong, and what to do.
 *
 * Errors of our rooms carry a code from a closed list and a message without contents; errors of the system carry a
 * code of the system. Anything else is a bug of ours and says so.
 */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return "something went wrong, and nothing says what: please report it"
  if (error instanceof UsageError || error instanceof FoundWanting) return oneLine(error.message)
  const code = (error as { readonly code?: unknown }).code
  if (typeof code === "string") {
    const system = SYSTEM_WORDS[code]
    if (system !== undefined) return oneLine(system(pathOf(error)))
    const advice = ADVICE[code]
    return oneLine(advice === undefined ? error.message : `${error.message}. ${advice}`)
  }
  if (error.name === "AbortError") return "stopped before the end; what was done so far is kept"
  return oneLine(
    `this is a fault of the program (${error.name}${placeOf(error)}). Nothing was sent; please report it`,
  )
}

// Not the message: a parser's quotes what it was given, and this line is copied into reports of faults.
function placeOf({ stack = "" }: Error): string {
  const place = /([\w.-]+\.[jt]s:\d+)/.exec(stack.split("\n    at ").slice(1).join("\n"))?.[1]
  return place === undefined ? "" : ` at ${place}`
}

const SYSTEM_WORDS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} is not there. Check the name`,
  EEXIST: (path) => `${path} is there already. Nothing was written over it; choose another name`,
  EISDIR: (path) => `${path} is a folder, and a file is needed`,
  ENOTDIR: (path) => `${path} is a file, and a folder is needed`,
  EACCES: (path) => `${path} may not be read or written by you. Check who owns it`,
  EPERM: (path) => `${path} may not be read or written by you. Check who owns it`,
  EROFS: (path) => `${path} lies on a disk that cannot be written`,
  ENOSPC: () => "the disk is full. What was kept before is safe; make room and try again",
  EDQUOT: () => "the disk is full. What was kept before is safe; make room and try again",
  ECONNREFUSED: () => "nothing answers at that address. What is kept is safe; try again when the relay is up",
  ECONNRESET: () => "the connection was cut. What is kept is safe; try again",
  EPIPE: () => "the reader went away before the end",
}

const ADVICE: Readonly<Record<string, string>> = {
  "wrong-passphrase": "Nothing was changed; try again",
  wrong: "Nothing was changed; try again",
  "there-is-one": "Give it with --passphrase-file FILE",
  wiped: "What was here was erased by another process; nothing more was written",
  "no-desk": "Make one with: govah desk init",
  "wrong-count": "Count them again; nothing was tried or kept",
  "unknown-word": "Look at them again; nothing was tried or kept",
  "bad-signature": "Do not use it; ask for it again from somebody you trust",
  truncated: "Ask for it again, whole",
  "other-card": "Nothing was kept; get the card from another carrier, and tell the desk",
  expired: "Ask the desk for a new one; nothing was sent",
  "relay-down": "Everything kept is safe on this machine; try again later, or carry it: govah carry out DIR",
  "port-taken": "Stop what runs there, or choose another port",
  "disk-full": "Nothing was half-written; make room and try again",
  full: "Nothing was half-written; make room and try again",
  "not-signed": "Do not use it; get another copy from somebody you trust",
  "not-logged": "Do not use it; get another copy, and tell others what you were given",
  "split-log": "Do not use it; keep this copy as proof, and tell others what you were given",
  "nothing-to-publish": "Publish something first: govah desk publish NAME",
}

function pathOf(error: Error): string {
  const path = (error as { readonly path?: unknown }).path
  return typeof path === "string" ? path : "a file"
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}
