import type { LockKeeper } from "./lock-keeper.ts"
import type { Answers, LockRequest, Request } from "./protocol.ts"

/** Something was asked that needs the key, and nobody has unlocked. */
export class Locked extends Error {
  override readonly name = "Locked"
}

const KINDS: ReadonlySet<Request["kind"]> = new Set<LockRequest["kind"]>([
  "lock-state",
  "propose-passphrase",
  "set-passphrase",
  "unlock",
  "change-passphrase",
  "set-duress",
  "wipe",
])

/** Whether a request is about the lock itself, and is answered whether or not it is open. */
export function isLockRequest(request: Request): request is LockRequest {
  return KINDS.has(request.kind)
}

/** @throws LockError. */
export async function answerLock(
  request: LockRequest,
  keeper: LockKeeper,
): Promise<Answers[LockRequest["kind"]]> {
  switch (request.kind) {
    case "propose-passphrase":
      return await keeper.propose(request.language)
    case "set-passphrase":
      await keeper.set(request.passphrase)
      break
    case "unlock":
      await keeper.unlock(request.passphrase)
      break
    case "change-passphrase":
      await keeper.change(request.passphrase, request.next)
      break
    case "set-duress":
      await keeper.setDuress(request.passphrase, request.duress)
      break
    case "wipe":
      await keeper.wipe()
      break
    case "lock-state":
      break
  }
  return await keeper.state()
}
