import { BulletinError, encodeBulletin, encodeCall } from "@govah/core/bulletin"
import { toHex } from "@govah/core/bytes"
import { MAX_BULLETINS, MAX_CALLS, MAX_WARNINGS, type Warning } from "@govah/core/feed"
import type { ActOf, LedgerState } from "@govah/core/ledger"
import type { Primitives } from "@govah/core/primitives"
import { DeskError } from "../desk-error.ts"
import type { Store } from "../store/store.ts"

/** A part and its hash, hex. */
export interface NamedPart {
  readonly sha256: string
  readonly bytes: Uint8Array
}

/** What is said to everybody on a day. */
export interface Standing {
  readonly warnings: readonly Warning[]
  readonly bulletins: readonly NamedPart[]
  readonly calls: readonly NamedPart[]
}

/** Everything whose last day has not passed, as the feed has it. @throws DeskError `damaged` where a material is gone. */
export async function standingOn(
  day: string,
  state: LedgerState,
  store: Store,
  primitives: Primitives,
): Promise<Standing> {
  const stands = <T extends { readonly until: string }>(acts: ReadonlyMap<string, T>): T[] =>
    [...acts.values()].filter(({ until }) => until >= day)
  const named = async (bytes: Uint8Array): Promise<NamedPart> => ({
    sha256: toHex(await primitives.sha256(bytes)),
    bytes,
  })
  const bulletins: NamedPart[] = []
  // The same words under two ids are one part.
  const once = (parts: NamedPart[], part: NamedPart): void => {
    if (!parts.some(({ sha256 }) => sha256 === part.sha256)) parts.push(part)
  }
  for (const act of stands(state.bulletinsById)) once(bulletins, await named(bulletinPart(act)))
  const calls: NamedPart[] = []
  for (const act of stands(state.callsById)) {
    once(calls, await named(callPart(act, requireMaterial(store, act))))
  }
  return {
    warnings: stands(state.warningsById).map(asWarning).slice(-MAX_WARNINGS),
    bulletins: bulletins.slice(-MAX_BULLETINS),
    calls: calls.slice(-MAX_CALLS),
  }
}

/** Whether a warning or a bulletin can go out as it is asked for. @throws DeskError `bad-act`. */
export function checkSaid(act: ActOf<"warning-set"> | ActOf<"bulletin-set">): void {
  if (act.kind === "bulletin-set") bulletinPart(act)
  else if (act.words === "" || act.subject === "" || CONTROL.test(`${act.words}${act.subject ?? ""}`)) {
    throw new DeskError("bad-act", "a warning is a line of words, and not nothing")
  }
}

/** A call with its material, as a part of the feed. @throws DeskError `bad-act`. */
export function callPart(act: ActOf<"call-set">, material: Uint8Array): Uint8Array {
  const { kind: _, id: __, until: ___, material: said, ...call } = act
  const named = said === null ? null : { type: said.type, bytes: said.bytes }
  return asBadAct(() => encodeCall({ call: { v: 1, ...call, material: named }, material }))
}

function bulletinPart(act: ActOf<"bulletin-set">): Uint8Array {
  const { kind: _, id: __, until: ___, ...bulletin } = act
  return asBadAct(() => encodeBulletin({ v: 1, ...bulletin }))
}

function asWarning({ about, day, subject, words }: ActOf<"warning-set">): Warning {
  return { kind: about, day, subject, words }
}

function requireMaterial(store: Store, { material }: ActOf<"call-set">): Uint8Array {
  if (material === null) return new Uint8Array()
  const row = store.get<{ bytes: Buffer }>("SELECT bytes FROM material WHERE sha256 = ?", material.sha256)
  if (row === undefined) throw new DeskError("damaged", "the store lacks the material of a call")
  return new Uint8Array(row.bytes)
}

function asBadAct<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BulletinError)) throw error
    throw new DeskError("bad-act", error.message, { cause: error })
  }
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
