import { createDecipheriv, pbkdf2Sync } from "node:crypto"
import { brotliDecompressSync, constants, inflateRawSync } from "node:zlib"
import { decompressBlock } from "lz4js"
import { uncompress } from "snappyjs"

const MAX_BYTES = 2 ** 26

/** What browsers packed or sealed in a file, or on a disk, unpacked: a search for words cannot see it as it lies there. */
export function unpack(file: Buffer): readonly Buffer[] {
  return [
    ...zipped(file),
    ...mozLz4(file),
    ...osCrypt(file),
    ...snappyTables(file),
    ...brotliBody(file),
    joinedLog(file),
  ].filter((found) => found.length > 0)
}

/** gzip and zlib, wherever they begin; what is cut off is unpacked as far as it goes, and what follows is let be. */
function* zipped(file: Buffer): Generator<Buffer> {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_BYTES }
  for (const start of ["1f8b08", "7801", "785e", "789c", "78da"]) {
    for (const at of placesOf(file, Buffer.from(start, "hex"))) {
      const from = at + (start === "1f8b08" ? gzipHeaderBytes(file, at) : 2)
      const found = attempt(() => inflateRawSync(file.subarray(from), options))
      if (found !== null) yield found
    }
  }
}

function gzipHeaderBytes(file: Buffer, at: number): number {
  const flags = file[at + 3] ?? 0
  let end = at + 10
  if ((flags & 4) !== 0) end += 2 + (end + 2 <= file.length ? file.readUInt16LE(end) : 0)
  for (const text of [8, 16]) if ((flags & text) !== 0) end = file.indexOf(0, end) + 1
  return end + (flags & 2) - at
}

/** Firefox's own wrapping: a magic word, the length unpacked in 4 bytes, one LZ4 block. */
function* mozLz4(file: Buffer): Generator<Buffer> {
  const magic = Buffer.from("mozLz40\0")
  for (const at of placesOf(file, magic)) {
    if (at + magic.length + 4 > file.length) return
    const length = file.readUInt32LE(at + magic.length)
    if (length > MAX_BYTES) continue
    const out = Buffer.alloc(length)
    const packed = file.subarray(at + magic.length + 4)
    // Where a later file follows on a disk, the block ends in nonsense: what came before it counts.
    attempt(() => decompressBlock(packed, out, 0, packed.length, 0))
    yield out
  }
}

/** Chromium's sealing where the system lends it no key: then the key is the same everywhere. */
const OS_CRYPT_KEY = pbkdf2Sync("peanuts", "saltysalt", 1, 16, "sha1")
const OS_CRYPT_MOST = 65_536
const OS_CRYPT_IV = Buffer.alloc(16, " ")

function* osCrypt(file: Buffer): Generator<Buffer> {
  const opened: Buffer[] = []
  for (const at of placesOf(file, Buffer.from("v10"))) {
    // Sessions say the length in the 2 bytes before; elsewhere nobody does.
    const said = at >= 2 ? file.readUInt16LE(at - 2) : 0
    const whole =
      said > 3 && (said - 3) % 16 === 0
        ? file.subarray(at + 3, at + said)
        : file.subarray(at + 3, at + 3 + OS_CRYPT_MOST)
    const sealed = whole.subarray(0, whole.length - (whole.length % 16))
    const decipher = createDecipheriv("aes-128-cbc", OS_CRYPT_KEY, OS_CRYPT_IV).setAutoPadding(false)
    opened.push(decipher.update(sealed))
  }
  yield* opened
  // What is longer than one record goes on in the next.
  yield Buffer.concat(opened.map((record) => record.subarray(0, record.length - (record.at(-1) ?? 0))))
}

const TABLE_MAGIC = Buffer.from("57fb808b247547db", "hex")

/** LevelDB's tables: an index at the end says where blocks lie, most of them packed by snappy. */
function* snappyTables(file: Buffer): Generator<Buffer> {
  const footer = file.length - 48
  if (footer < 0 || !file.subarray(-8).equals(TABLE_MAGIC)) return
  const cursor = { at: footer }
  // The first of the two handles is of an index that does not matter here.
  readVarint(file, cursor)
  readVarint(file, cursor)
  const index = tableBlock(file, readVarint(file, cursor), readVarint(file, cursor))
  if (index === null) return
  const ends = index.length - 4 - 4 * index.readUInt32LE(index.length - 4)
  for (const entry = { at: 0 }; entry.at < ends; ) {
    readVarint(index, entry)
    const keyBytes = readVarint(index, entry)
    const valueBytes = readVarint(index, entry)
    const value = { at: entry.at + keyBytes }
    const block = tableBlock(file, readVarint(index, value), readVarint(index, value))
    if (block !== null) yield block
    entry.at += keyBytes + valueBytes
  }
}

function tableBlock(file: Buffer, at: number, length: number): Buffer | null {
  const block = file.subarray(at, at + length)
  return file[at + length] === 1 ? attempt(() => uncompress(block, MAX_BYTES)) : block
}

function readVarint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  return value
}

const LOG_BLOCK = 32_768
const LOG_HEADER = 7

/** LevelDB's log, whose records are cut where a block of 32 KiB ends: the words, put together again. */
function joinedLog(file: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let block = 0; block < file.length; block += LOG_BLOCK) {
    for (let at = block; at + LOG_HEADER <= Math.min(block + LOG_BLOCK, file.length); ) {
      const length = file.readUInt16LE(at + 4)
      const kind = file[at + 6] as number
      if (kind < 1 || kind > 4) return Buffer.concat(pieces)
      pieces.push(file.subarray(at + LOG_HEADER, at + LOG_HEADER + length))
      at += LOG_HEADER + length
    }
  }
  return Buffer.concat(pieces)
}

const SIMPLE_CACHE_MAGIC = Buffer.from("305c72a71b6dfbfc", "hex")

/** A brotli body in Chromium's cache, which lies behind its address, or in Firefox's, which begins with it. */
function* brotliBody(file: Buffer): Generator<Buffer> {
  const isChromium = file.subarray(0, 8).equals(SIMPLE_CACHE_MAGIC)
  const from = isChromium ? 24 + file.readUInt32LE(12) : 0
  // It has no magic word, and no way to take only what there is: the end is where its own last byte says.
  const found = attempt(() => brotliDecompressSync(file.subarray(from), { maxOutputLength: MAX_BYTES }))
  if (found !== null) yield found
}

/** Snappy on its own, as Firefox keeps values. @returns null where it is none. */
export function snappy(value: Buffer): Buffer | null {
  return attempt(() => uncompress(value, MAX_BYTES))
}

function placesOf(file: Buffer, word: Buffer): number[] {
  const places: number[] = []
  for (let at = file.indexOf(word); at >= 0; at = file.indexOf(word, at + 1)) places.push(at)
  return places
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    // It was none of that kind.
    return null
  }
}
