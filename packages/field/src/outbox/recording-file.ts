import { fromBase64Url, type Json, toBase64Url, uint32Bytes } from "@govah/core/bytes"
import { CELL_BYTES, cellId, parseCellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import type { Recording, RecordingCloser } from "@govah/core/seal"
import type { DrawerFile } from "../store/drawer.ts"
import type { LockedFile } from "../store/locked-drawer.ts"
import { decodeSlot, encodeSlot, isBlank } from "../store/slot.ts"

/*
 * A recording file: what a closing root is made from, the provisional root, then an entry for every durable slice.
 *
 *      0  slot          16384  provisional root's cell          32768  entries, 32 bytes each
 *
 * An entry is the slice's plaintext length (big-endian, 4 bytes), sealed for its place among the entries. The slices
 * themselves lie in the file of cells, durable before their entry is.
 */
const SLOT_BYTES = 16_384
const PROVISIONAL_AT = SLOT_BYTES
const ENTRIES_AT: number = PROVISIONAL_AT + CELL_BYTES
const ENTRY_BYTES = 32
const HEAD = "head"
const entryPart = (index: number): string => `entry-${index}`

/** What is on disk of a recording that has not ended. None of it opens anything. */
export interface UnendedRecording {
  readonly closer: RecordingCloser
  /** The cell of the provisional root. */
  readonly provisional: Uint8Array
  /** The secret that knows the receipt, 32 bytes. */
  readonly arrived: Uint8Array
  /** YYYY-MM-DD. */
  readonly keptOn: string
  /** Plaintext lengths of the durable slices. */
  readonly slices: readonly number[]
}

/** `unbegun`: nothing was ever said to be kept. `damaged`: slices were kept, and what would join them has rotted. */
export type RecordingFileState =
  | ({ readonly state: "begun" } & UnendedRecording)
  | { readonly state: "unbegun" }
  | { readonly state: "damaged" }

/** Writes the head of a recording; it has begun when this returns. */
export async function writeRecordingHead(
  file: LockedFile,
  recording: Pick<Recording, "closer" | "provisional" | "arrived">,
  keptOn: string,
): Promise<void> {
  const { closer } = recording
  const value: Json = {
    arrived: toBase64Url(recording.arrived),
    desk: closer.desk,
    interop: closer.rules.interopX25519,
    keptOn,
    parcel: closer.parcel,
    provisional: closer.provisional,
    recipients: [...closer.recipients],
    seed: toBase64Url(closer.seed),
    v: 1,
  }
  await file.write(PROVISIONAL_AT, recording.provisional.bytes)
  await file.write(0, await encodeSlot(value, SLOT_BYTES, file.seals, HEAD))
  await file.flush()
}

/** Notes a slice whose cells are durable; it is part of the recording when this returns. */
export async function writeEntry(file: LockedFile, index: number, plaintextBytes: number): Promise<void> {
  const at = ENTRIES_AT + index * ENTRY_BYTES
  await file.write(at, await file.seals.seal(entryPart(index), uint32Bytes(plaintextBytes)))
  await file.flush()
}

/** Takes a slice's entry back, so that its cells can be written again. */
export async function blankEntry(file: DrawerFile, index: number): Promise<void> {
  await file.write(ENTRIES_AT + index * ENTRY_BYTES, new Uint8Array(ENTRY_BYTES))
  await file.flush()
}

/** Takes all slices back in one step: the next start erases what is left. */
export async function dropEntries(file: DrawerFile): Promise<void> {
  await file.truncate(ENTRIES_AT)
  await file.flush()
}

export async function readRecordingFile(
  file: LockedFile,
  primitives: Primitives,
): Promise<RecordingFileState> {
  const slot = await file.read(0, SLOT_BYTES)
  const head = slot.length === SLOT_BYTES ? asHead(await decodeSlot(slot, file.seals, HEAD)) : null
  const provisional = await file.read(PROVISIONAL_AT, CELL_BYTES)
  if (head === null || (await cellId(provisional, primitives)) !== head.closer.provisional) {
    return { state: (await hasEntries(file)) ? "damaged" : "unbegun" }
  }
  return { state: "begun", ...head, provisional, slices: await readEntries(file) }
}

async function hasEntries(file: DrawerFile): Promise<boolean> {
  return !isBlank(await file.read(ENTRIES_AT, ENTRY_BYTES))
}

async function readEntries(file: LockedFile): Promise<readonly number[]> {
  const slices: number[] = []
  const bytes = await file.read(ENTRIES_AT, (await file.size()) - ENTRIES_AT)
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const entry = bytes.subarray(at, at + ENTRY_BYTES)
    const opened = await file.seals.open(entryPart(slices.length), entry)
    if (opened === null) break
    slices.push(new DataView(opened.buffer, opened.byteOffset).getUint32(0))
  }
  return slices
}

function asHead(json: Json | null): Pick<UnendedRecording, "closer" | "arrived" | "keptOn"> | null {
  const { arrived, desk, interop, keptOn, parcel, provisional, recipients, seed } = (json ?? {}) as Record<
    string,
    Json | undefined
  >
  const [secret, seedBytes] = [arrived, seed].map((text) =>
    typeof text === "string" ? fromBase64Url(text) : null,
  )
  const id = typeof provisional === "string" ? parseCellId(provisional) : null
  if (secret?.length !== 32 || seedBytes?.length !== 32 || id === null) return null
  if (typeof desk !== "string" || typeof parcel !== "string" || typeof keptOn !== "string") return null
  if (!Array.isArray(recipients) || !recipients.every((one) => typeof one === "string")) return null
  const rules = { interopX25519: interop === true }
  return {
    closer: { seed: seedBytes, parcel, desk, recipients, rules, provisional: id },
    arrived: secret,
    keptOn,
  }
}
