import { toHex } from "@govah/core/bytes"
import type { ActOf } from "@govah/core/ledger"
import { ActSchema } from "@govah/core/ledger"
import * as v from "valibot"
import { DeskError } from "../desk-error.ts"
import type { CallMaterial } from "../desk.ts"
import type { Room } from "../room.ts"
import { bareMaterial } from "./bare-material.ts"
import { callPart } from "./standing.ts"

/** Calls for a peaceful action; call and material are kept in one step. @throws DeskError `bad-act`. */
export async function setCall(
  room: Room,
  call: Omit<ActOf<"call-set">, "kind" | "material">,
  given: CallMaterial | null,
): Promise<void> {
  const { store, book, deps } = room
  const material = given === null ? null : await bareMaterial(given)
  const sha256 = material === null ? null : toHex(await deps.primitives.sha256(material.bytes))
  const asked = {
    ...call,
    kind: "call-set",
    material: material === null ? null : { type: material.type, bytes: material.bytes.length, sha256 },
  }
  const parsed = v.safeParse(ActSchema, asked)
  if (!parsed.success || parsed.output.kind !== "call-set") {
    const at = parsed.success ? "kind" : (v.getDotPath(parsed.issues[0]) ?? "shape")
    throw new DeskError("bad-act", `the call's ${at} is not right`)
  }
  callPart(parsed.output, material?.bytes ?? new Uint8Array())
  await book.append([parsed.output], () => {
    if (material !== null && sha256 !== null) {
      store.run("INSERT OR IGNORE INTO material (sha256, bytes) VALUES (?, ?)", sha256, material.bytes)
    }
  })
}
